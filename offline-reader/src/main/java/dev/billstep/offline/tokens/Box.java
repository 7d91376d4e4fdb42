package dev.billstep.offline.tokens;

import dev.billstep.page.Word;
import java.util.Collection;

/** A place on a page, in pixels from its upper left corner. */
public record Box(double left, double top, double right, double bottom) {
  static Box of(Word word) {
    return new Box(word.x(), word.y(), word.x() + word.width(), word.y() + word.height());
  }

  /** The smallest box around others. */
  public static Box around(Collection<Box> boxes) {
    return boxes
      .stream()
      .reduce(Box::with)
      .orElseThrow(() -> new IllegalArgumentException("no boxes"));
  }

  public Box with(Box other) {
    return new Box(
      Math.min(left, other.left),
      Math.min(top, other.top),
      Math.max(right, other.right),
      Math.max(bottom, other.bottom)
    );
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }

  public double middle() {
    return (top + bottom) / 2;
  }

  public double center() {
    return (left + right) / 2;
  }

  /** How much width two boxes share; the gap between them where it is negative. */
  public double sharedWidth(Box other) {
    return Math.min(right, other.right) - Math.max(left, other.left);
  }

  /** How much height two boxes share; the gap between them where it is negative. */
  public double sharedHeight(Box other) {
    return Math.min(bottom, other.bottom) - Math.max(top, other.top);
  }

  /** The part of it between two shares of its width. */
  Box slice(double from, double to) {
    return new Box(left + width() * from, top, left + width() * to, bottom);
  }
}
