package dev.billstep.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table on a page: a row of headings, and the rows below it.
 *
 * @param lines what stands under each heading, by the column's name
 * @param end the first row of the page that is not the table's
 */
record Table(List<Map<String, String>> lines, int end) {
  /** Where a heading may begin: at a word, or where two words have run into each other. */
  private static final Pattern BEGINNING = Pattern.compile("(?<!\\S)\\S|(?<=\\p{Ll})\\p{Lu}");

  /** Of the headings' height: a wider gap ends the table. */
  private static final double WIDEST_GAP = 4.5;

  /**
   * Finds the table with most of the columns.
   *
   * @param fewest columns that must be found
   * @param endLabels compact beginnings of cells that are below the table
   */
  static Optional<Table> find(
    Layout layout,
    List<Column> columns,
    int fewest,
    List<String> endLabels
  ) {
    int best = -1;
    Map<String, Cell> headings = Map.of();
    for (int row = 0; row < layout.rows().size(); row++) {
      var found = headings(layout.rows().get(row), columns);
      if (found.size() >= fewest && found.size() > headings.size()) {
        best = row;
        headings = found;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(read(layout, best, headings, endLabels));
  }

  private static Map<String, Cell> headings(Row row, List<Column> columns) {
    var headings = new LinkedHashMap<String, Cell>();
    for (var cell : row.cells()) {
      for (var heading : headings(cell, columns)) {
        headings.putIfAbsent(heading.column(), heading.cell());
      }
    }
    return headings;
  }

  /** The headings in a cell: one, or several where they stand close together. */
  private static List<Heading> headings(Cell cell, List<Column> columns) {
    var starts = new ArrayList<Start>();
    var beginnings = BEGINNING.matcher(cell.text());
    while (beginnings.find()) {
      int at = beginnings.start();
      var rest = Cell.compact(cell.text().substring(at));
      columns
        .stream()
        .filter(column -> starts.stream().noneMatch(start -> start.column().equals(column.name())))
        .max(Comparator.comparingInt(column -> column.matched(rest)))
        .filter(column -> column.matched(rest) > 0)
        .filter(column -> isFree(starts, at))
        .ifPresent(column -> starts.add(new Start(column.name(), at, column.matched(rest))));
    }
    var headings = new ArrayList<Heading>();
    for (int index = 0; index < starts.size(); index++) {
      int from = index == 0 ? 0 : starts.get(index).at();
      int to = index + 1 < starts.size() ? starts.get(index + 1).at() : cell.text().length();
      headings.add(new Heading(starts.get(index).column(), cell.part(from, to)));
    }
    return headings;
  }

  /** Whether a word is not part of the heading that was found before it. */
  private static boolean isFree(List<Start> starts, int at) {
    return starts.isEmpty() || at >= starts.getLast().at() + starts.getLast().length();
  }

  private static Table read(
    Layout layout,
    int headingRow,
    Map<String, Cell> headings,
    List<String> endLabels
  ) {
    var ends = endLabels.stream().map(Cell::compact).toList();
    var lines = new ArrayList<Map<String, String>>();
    double last = layout.rows().get(headingRow).middle();
    int row = headingRow + 1;
    for (; row < layout.rows().size(); row++) {
      var cells = layout.rows().get(row);
      if (cells.startsWithAny(ends) || cells.middle() - last > WIDEST_GAP * cells.height()) {
        break;
      }
      last = cells.middle();
      var line = line(cells, headings);
      if (line.size() > 1) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        continued(lines.getLast(), line);
      }
    }
    return new Table(List.copyOf(lines), row);
  }

  private static Map<String, String> line(Row row, Map<String, Cell> headings) {
    var line = new LinkedHashMap<String, String>();
    for (var cell : row.cells()) {
      for (var piece : pieces(cell, headings)) {
        line.merge(nearest(piece, headings), piece.text(), (one, other) -> one + " " + other);
      }
    }
    return line;
  }

  /** A cell that reaches under several headings is taken apart into its words. */
  private static List<Cell> pieces(Cell cell, Map<String, Cell> headings) {
    long reached = headings
      .values()
      .stream()
      .filter(heading -> cell.overlap(heading) > 0)
      .count();
    return reached > 1 ? cell.words() : List.of(cell);
  }

  /** By the width that cell and heading share, or by the gap between them. */
  private static String nearest(Cell cell, Map<String, Cell> headings) {
    return headings
      .entrySet()
      .stream()
      .max(Comparator.comparingDouble(heading -> closeness(cell, heading.getValue())))
      .orElseThrow()
      .getKey();
  }

  private static double closeness(Cell cell, Cell heading) {
    double overlap = cell.overlap(heading);
    return overlap > 0 ? overlap : -Math.min(-overlap, Math.abs(cell.center() - heading.center()));
  }

  /** A line with one cell goes on with the text of the line above. */
  private static void continued(Map<String, String> line, Map<String, String> more) {
    more.forEach((column, text) -> line.merge(column, text, (one, other) -> one + " " + other));
  }

  /** What stands in a line under a heading. */
  static Optional<String> text(Map<String, String> line, String column) {
    return Optional.ofNullable(line.get(column)).filter(text -> !text.isBlank());
  }

  /**
   * A column.
   *
   * @param headings compact; a cell that begins with one heads the column
   */
  record Column(String name, List<String> headings) {
    static Column of(String name, String... headings) {
      return new Column(name, Arrays.stream(headings).map(Cell::compact).toList());
    }

    /** How many characters of a text are this column's heading, from its beginning. */
    int matched(String compact) {
      return headings.stream().filter(compact::startsWith).mapToInt(String::length).max().orElse(0);
    }
  }

  private record Start(String column, int at, int length) {}

  private record Heading(String column, Cell cell) {}
}
