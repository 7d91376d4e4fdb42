package dev.billstep.offline;

import dev.billstep.page.Word;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page's text as rows of cells, from top to bottom. */
record Layout(List<Row> rows) {
  static Layout of(List<Word> words) {
    return new Layout(
      Phrases.Lines.of(words)
        .stream()
        .map(line -> new Row(line.stream().map(Cell::of).toList()))
        .toList()
    );
  }

  Stream<Cell> cells() {
    return rows.stream().flatMap(row -> row.cells().stream());
  }

  /** The page's text, line by line. */
  String text() {
    return rows.stream().map(Row::text).collect(Collectors.joining("\n"));
  }

  Layout from(int row) {
    return new Layout(rows.subList(row, rows.size()));
  }

  /** Without the rows that begin with a label. */
  Layout without(String label) {
    var compact = Cell.compact(label);
    return new Layout(
      rows
        .stream()
        .filter(row -> !row.cells().getFirst().compact().startsWith(compact))
        .toList()
    );
  }

  boolean contains(String label) {
    var compact = Cell.compact(label);
    return cells().anyMatch(cell -> cell.compact().contains(compact));
  }
}
