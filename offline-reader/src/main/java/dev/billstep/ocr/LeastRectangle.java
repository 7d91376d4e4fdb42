package dev.billstep.ocr;

import java.util.List;
import org.locationtech.jts.algorithm.MinimumAreaRectangle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** The smallest rectangle around points, however it is turned. */
final class LeastRectangle {

  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private LeastRectangle() {}

  /**
   * As a strip whose text runs to the right, or that rises to the right at the steepest.
   *
   * @param points the corners of pixels, so that the rectangle has an area
   */
  static Strip around(List<Coordinate> points) {
    Geometry all = GEOMETRY.createMultiPointFromCoords(points.toArray(Coordinate[]::new));
    var corners = MinimumAreaRectangle.getMinimumRectangle(all).getCoordinates();
    var strip = strip(corners[0], corners[1], corners[2]);
    return Math.abs(strip.angle()) <= Math.PI / 4
      ? strip
      : strip(corners[1], corners[2], corners[3]);
  }

  /** From one side of the rectangle and where the next one ends, whichever way round. */
  private static Strip strip(Coordinate one, Coordinate other, Coordinate next) {
    boolean isToTheRight = other.x - one.x > Math.abs(other.y - one.y) * 1e-9;
    var start = isToTheRight ? one : other;
    var end = isToTheRight ? other : one;
    double angle = Math.atan2(end.y - start.y, end.x - start.x);
    // How far the rectangle reaches below that side, as seen along the text; less than 0: above it.
    double below = (next.y - other.y) * Math.cos(angle) - (next.x - other.x) * Math.sin(angle);
    double above = Math.min(below, 0);
    double x = start.x - above * Math.sin(angle);
    double y = start.y + above * Math.cos(angle);
    return new Strip(x, y, angle, start.distance(end), Math.abs(below));
  }
}
