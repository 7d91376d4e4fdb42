package dev.billstep.ocr;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/** How far a page is turned, clockwise, so that its text is upright. */
enum QuarterTurn {
  NONE,
  ONE,
  TWO,
  THREE;

  boolean isSideways() {
    return this == ONE || this == THREE;
  }

  /**
   * Where a point of the turned page lies on the page as it was.
   *
   * @param width of the page as it was, {@code height} likewise
   */
  Strip.Point back(Strip.Point turned, double width, double height) {
    double x = turned.x();
    double y = turned.y();
    return switch (this) {
      case NONE -> turned;
      case ONE -> new Strip.Point(y, height - x);
      case TWO -> new Strip.Point(width - x, height - y);
      case THREE -> new Strip.Point(width - y, x);
    };
  }

  /** The level rectangle around a strip of the turned page, on the page as it was, within it. */
  Box back(Strip strip, double width, double height) {
    var corners = strip
      .corners()
      .map(corner -> back(corner, width, height))
      .toList();
    var across = range(corners.stream().mapToDouble(Strip.Point::x), width);
    var down = range(corners.stream().mapToDouble(Strip.Point::y), height);
    return new Box(
      across.getMin(),
      down.getMin(),
      across.getMax() - across.getMin(),
      down.getMax() - down.getMin()
    );
  }

  private static DoubleSummaryStatistics range(DoubleStream coordinates, double end) {
    return coordinates.map(coordinate -> Math.clamp(coordinate, 0, end)).summaryStatistics();
  }
}
