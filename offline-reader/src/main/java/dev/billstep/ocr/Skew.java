package dev.billstep.ocr;

import java.util.Comparator;
import java.util.List;

/**
 * How far a page's lines are off the level.
 *
 * @param radians positive where lines fall to the right
 */
record Skew(double radians) {
  /** The share of the longest lines that tell the angle; short ones are too rough. */
  private static final int TELLING_SHARE = 3;

  static Skew of(List<Strip> lines) {
    var angles = lines
      .stream()
      .sorted(Comparator.comparingDouble(Strip::length).reversed())
      .limit(Math.max(1, lines.size() / TELLING_SHARE))
      .mapToDouble(Strip::angle)
      .sorted()
      .toArray();
    return new Skew(angles.length == 0 ? 0 : angles[angles.length / 2]);
  }

  /** Where that stands once the page is turned back. */
  Box level(Strip strip) {
    return strip.turnedBack(radians).levelBox();
  }
}
