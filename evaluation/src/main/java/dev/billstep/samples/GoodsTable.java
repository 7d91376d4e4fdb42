package dev.billstep.samples;

import dev.billstep.samples.Trade.Line;
import java.util.ArrayList;
import java.util.List;

/** A table of goods on a sheet: headings of several lines, cells that wrap, with ruling lines or without. */
final class GoodsTable {

  private static final double PAD = 3;

  private final Sheet sheet;
  private final List<Column> columns;
  private final double points;
  private final double[] edges;

  GoodsTable(Sheet sheet, double left, double right, double points, List<Column> columns) {
    this.sheet = sheet;
    this.columns = columns;
    this.points = points;
    this.edges = new double[columns.size() + 1];
    double all = columns.stream().mapToDouble(Column::width).sum();
    edges[0] = left;
    for (int index = 0; index < columns.size(); index++) {
      edges[index + 1] = edges[index] + ((right - left) * columns.get(index).width()) / all;
    }
  }

  /** Where a column ends. */
  double rightOf(String heading) {
    for (int index = 0; index < columns.size(); index++) {
      if (String.join(" ", columns.get(index).heading()).equals(heading)) {
        return edges[index + 1] - PAD;
      }
    }
    throw new IllegalArgumentException("no column " + heading);
  }

  /** Prints heading and rows; gives where they end. */
  double print(double top, List<Line> lines, boolean isRuled) {
    int headingLines = columns
      .stream()
      .mapToInt(column -> column.heading().size())
      .max()
      .orElse(1);
    double y = top + points * 1.3;
    for (int index = 0; index < columns.size(); index++) {
      put(index, y, columns.get(index).heading(), true);
    }
    y = top + points * 1.25 * headingLines + points * 0.6;
    sheet.line(edges[0], y, edges[edges.length - 1], y);
    y += points * 1.3;
    for (var line : lines) {
      y = row(y, line, lines.indexOf(line) + 1);
    }
    if (isRuled) {
      rule(top, y);
    }
    return y;
  }

  private void rule(double top, double end) {
    sheet.box(edges[0], top, edges[edges.length - 1] - edges[0], end - top);
    for (double edge : edges) {
      sheet.line(edge, top, edge, end);
    }
  }

  private double row(double y, Line line, int number) {
    int most = 1;
    for (int index = 0; index < columns.size(); index++) {
      var column = columns.get(index);
      var text = column.isNumber()
        ? column.text().apply(line, number)
        : wrapped(column.text().apply(line, number), edges[index + 1] - edges[index] - 2 * PAD);
      put(index, y, text, false);
      most = Math.max(most, text.size());
    }
    return y + points * 1.2 * most + points * 0.45;
  }

  private List<String> wrapped(List<String> texts, double width) {
    var lines = new ArrayList<String>();
    for (var text : texts) {
      var line = "";
      for (var word : text.split(" ", -1)) {
        var longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && !sheet.fitting(points, width, longer).equals(longer)) {
          lines.add(line);
          line = word;
        } else {
          line = longer;
        }
      }
      lines.add(line);
    }
    return lines;
  }

  private void put(int index, double y, List<String> lines, boolean isBold) {
    double at = y;
    for (var text : lines) {
      double right = edges[index + 1] - PAD;
      double left = edges[index] + PAD;
      if (columns.get(index).isNumber()) {
        if (isBold) {
          sheet.rightBold(right, at, points, text);
        } else {
          sheet.right(right, at, points, text);
        }
      } else if (isBold) {
        sheet.bold(left, at, points, text);
      } else {
        sheet.text(left, at, points, text);
      }
      at += points * 1.2;
    }
  }
}
