package dev.billstep.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text in columns, each as wide as it must be. A cell is one line, whatever is in it. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  TextTable row(List<String> cells) {
    rows.add(cells.stream().map(TerminalText::ofLine).toList());
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows
      .stream()
      .map(row -> line(row, widths))
      .collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line
        .append(String.format("%-" + Math.max(1, widths[column]) + "s", row.get(column)))
        .append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
