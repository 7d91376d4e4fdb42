package dev.billstep.offline;

import java.util.List;
import java.util.stream.Collectors;

/** The cells of one line of a page, from left to right. */
record Row(List<Cell> cells) {
  double middle() {
    return cells.stream().mapToDouble(Cell::middle).average().orElseThrow();
  }

  double height() {
    return cells.stream().mapToDouble(Cell::height).average().orElseThrow();
  }

  String text() {
    return cells.stream().map(Cell::text).collect(Collectors.joining("  "));
  }

  boolean startsWithAny(List<String> compactLabels) {
    return cells
      .stream()
      .anyMatch(cell -> compactLabels.stream().anyMatch(label -> cell.compact().startsWith(label)));
  }
}
