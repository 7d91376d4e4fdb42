package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Line;
import java.util.List;
import java.util.Optional;

/** Gives the lines of text between rows to the rows that they belong to. */
final class RowTexts {

  /** Of the text's height: a line further below is no row's. */
  private static final double FURTHEST_TEXT = 2.2;

  private final List<Line> lines;
  private final double height;

  RowTexts(List<Line> lines, double height) {
    this.lines = lines;
    this.height = height;
  }

  /**
   * Gives lines of text to the rows whose numbers they stand above or below: parted at the widest gap
   * between two rows, or where a row's own number stands.
   */
  int attach(List<Row> texts, List<Row> rows) {
    var anchors = List.copyOf(rows);
    int last = anchors.getLast().line();
    for (int index = 0; index <= anchors.size(); index++) {
      var above = index == 0 ? Optional.<Row>empty() : Optional.of(anchors.get(index - 1));
      var below = index == anchors.size() ? Optional.<Row>empty() : Optional.of(anchors.get(index));
      var between = texts
        .stream()
        .filter(text -> above.isEmpty() || text.line() > above.get().line())
        .filter(text -> below.isEmpty() || text.line() < below.get().line())
        .toList();
      last = Math.max(last, attach(between, above, below));
    }
    return last;
  }

  private int attach(List<Row> between, Optional<Row> above, Optional<Row> below) {
    int last = -1;
    int cut = cut(between, above, below);
    for (int index = 0; index < between.size(); index++) {
      var text = between.get(index);
      if (index < cut && above.isPresent()) {
        if (below.isEmpty() && !follows(text, index == 0 ? above.get() : between.get(index - 1))) {
          break;
        }
        above.get().take(text, false);
        last = text.line();
      }
    }
    for (int index = between.size() - 1; index >= cut && below.isPresent(); index--) {
      var next = index == between.size() - 1 ? below.get() : between.get(index + 1);
      if (above.isEmpty() && !follows(next, between.get(index))) {
        break;
      }
      below.get().take(between.get(index), true);
    }
    return last;
  }

  private boolean follows(Row lower, Row upper) {
    return (
      pitch(Math.min(lower.line(), upper.line()), Math.max(lower.line(), upper.line())) <=
      FURTHEST_TEXT * height
    );
  }

  /** How many of the texts belong to the row above. */
  private int cut(List<Row> between, Optional<Row> above, Optional<Row> below) {
    if (above.isEmpty()) {
      return 0;
    }
    if (below.isEmpty() || between.isEmpty()) {
      return between.size();
    }
    for (int index = 0; index < between.size(); index++) {
      if (between.get(index).first("number").filter(Cell::isNumber).isPresent()) {
        return index;
      }
    }
    int widest = between.size();
    double gap = 1.12 * pitch(between.getLast().line(), below.get().line());
    for (int index = between.size() - 1; index >= 0; index--) {
      int upper = index == 0 ? above.get().line() : between.get(index - 1).line();
      double here = pitch(upper, between.get(index).line());
      if (here > gap) {
        gap = here;
        widest = index;
      }
    }
    return widest;
  }

  private double pitch(int upper, int lower) {
    return lines.get(lower).box().middle() - lines.get(upper).box().middle();
  }
}
