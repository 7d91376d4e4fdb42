package dev.billstep.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order in which lines are handed out: by rows from the top, in each row from the left. */
final class ReadingOrder {

  /** Of a line's height: middles that are less apart are on one row. */
  private static final double SAME_ROW = 1.0 / 3;

  private ReadingOrder() {}

  static List<OcrLine> of(List<OcrLine> lines) {
    var rows = new ArrayList<List<OcrLine>>();
    for (var line : lines
      .stream()
      .sorted(Comparator.comparingDouble(ReadingOrder::middle))
      .toList()) {
      if (rows.isEmpty() || isBelow(line, rows.getLast().getLast())) {
        rows.add(new ArrayList<>());
      }
      rows.getLast().add(line);
    }
    rows.forEach(row -> row.sort(Comparator.comparingDouble(line -> line.level().x())));
    return rows.stream().flatMap(List::stream).toList();
  }

  private static boolean isBelow(OcrLine line, OcrLine other) {
    return middle(line) - middle(other) > SAME_ROW * line.level().height();
  }

  private static double middle(OcrLine line) {
    return line.level().y() + line.level().height() / 2;
  }
}
