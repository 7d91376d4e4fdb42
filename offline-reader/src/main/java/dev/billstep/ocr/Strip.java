package dev.billstep.ocr;

import java.util.stream.Stream;

/**
 * Where a line of text stands: a rectangle that may be turned.
 *
 * @param x of the corner where the text begins, at the top of its letters; {@code y} likewise
 * @param angle in which the text runs, in radians; positive where it falls to the right
 * @param length along the text, {@code height} of the line: pixels
 */
record Strip(double x, double y, double angle, double length, double height) {
  /**
   * Of the height of letters, the margin that the recogniser wants above and below them. More would
   * show it the lines around.
   */
  private static final double MARGIN = 0.2;

  /** Of the height of letters: less than a space, so that no word shows its neighbour. */
  private static final double SIDE = 0.12;

  /** A level one around letters that stand in a box. */
  static Strip around(Box box) {
    double margin = MARGIN * box.height();
    double side = SIDE * box.height();
    return new Strip(
      box.x() - side,
      box.y() - margin,
      0,
      box.width() + 2 * side,
      box.height() + 2 * margin
    );
  }

  /** The point that lies that far along the text, and that far below its upper edge. */
  Point at(double along, double below) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Point(x + along * cos - below * sin, y + along * sin + below * cos);
  }

  /** A part of its length, from one share of it to another. */
  Strip part(double from, double to) {
    var start = at(from * length, 0);
    return new Strip(start.x(), start.y(), angle, (to - from) * length, height);
  }

  /** The same on an image that is larger by that factor. */
  Strip scaled(double factor) {
    return new Strip(x * factor, y * factor, angle, length * factor, height * factor);
  }

  /** Wider and higher by that on every side. */
  Strip grown(double margin) {
    var corner = at(-margin, -margin);
    return new Strip(corner.x(), corner.y(), angle, length + 2 * margin, height + 2 * margin);
  }

  /** Its middle, of that share of the height. */
  Strip narrowed(double share) {
    var corner = at(0, (height * (1 - share)) / 2);
    return new Strip(corner.x(), corner.y(), angle, length, height * share);
  }

  /** The same rectangle, read from its lower left corner upwards. */
  Strip readUpwards() {
    var start = at(0, height);
    return new Strip(
      start.x(),
      start.y(),
      angle - Math.PI / 2,
      /* length= */ height,
      /* height= */ length
    );
  }

  /** Its place after the page was turned by that angle around its origin, the other way. */
  Strip turnedBack(double radians) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    return new Strip(x * cos + y * sin, y * cos - x * sin, angle - radians, length, height);
  }

  Stream<Point> corners() {
    return Stream.of(at(0, 0), at(length, 0), at(length, height), at(0, height));
  }

  Point middle() {
    return at(length / 2, height / 2);
  }

  /** As if it were level: as long and as high, around the same middle. */
  Box levelBox() {
    var middle = middle();
    return new Box(middle.x() - length / 2, middle.y() - height / 2, length, height);
  }

  record Point(double x, double y) {}
}
