package dev.billstep.ocr;

import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;

/** Finds where lines of text stand on a page: the detector (DBNet), and rectangles around what it sees. */
final class LineFinder {

  /**
   * The shorter side that pages are looked at with, in pixels: text of 8 points is 12 high then. A
   * larger one finds no more of what counts, and takes longer by its square.
   */
  private static final double SHORT_SIDE = 992;

  /** Smaller images are enlarged to that short side, but not more than threefold. */
  private static final double LEAST_SHORT_SIDE = 736;

  private static final double MOST_ENLARGED = 3;

  /** A long strip of paper is looked at with fewer: the network takes 400 bytes for each. */
  private static final double MOST_PIXELS = 3_200_000;

  /** The network halves its input five times. */
  private static final int STEP = 32;

  private static final int COLOURS = 3;

  // PP-OCR's own settings.
  private static final double LEAST_SIDE = 3;
  private static final double LEAST_PROBABILITY = 0.5;
  private static final double UNCLIP_RATIO = 1.6;

  /** A piece of text that is so much higher than long is read upwards. */
  private static final double UPRIGHT_RATIO = 1.5;

  private final Network detector;

  LineFinder(Network detector) {
    this.detector = detector;
  }

  /** The lines in no order; those that stand on their end are read upwards. */
  List<Strip> on(GrayPage page) {
    double scale = scale(page);
    var map = map(page, scale);
    return TextAreas.of(map)
      .stream()
      .flatMap(area -> line(area, map).stream())
      .map(line -> line.scaled(1 / scale))
      .map(line -> line.height() >= UPRIGHT_RATIO * line.length() ? line.readUpwards() : line)
      .toList();
  }

  private static double scale(GrayPage page) {
    double shortSide = Math.min(page.width(), page.height());
    double scale = Math.min(1, SHORT_SIDE / shortSide);
    double enlarged = Math.min(MOST_ENLARGED, LEAST_SHORT_SIDE / shortSide);
    double largest = Math.sqrt(MOST_PIXELS / ((double) page.width() * page.height()));
    return Math.min(Math.max(scale, enlarged), largest);
  }

  private TextMap map(GrayPage page, double scale) {
    int width = whole(CoveredPixels.scaled(page.width(), scale));
    int height = whole(CoveredPixels.scaled(page.height(), scale));
    var plane = page.scaled(scale, width, height);
    var colours = new float[COLOURS * plane.length];
    for (int colour = 0; colour < COLOURS; colour++) {
      System.arraycopy(plane, 0, colours, colour * plane.length, plane.length);
    }
    var seen = detector.run(new Network.Tensor(colours, 1, COLOURS, height, width));
    return new TextMap(seen.data(), width, height);
  }

  private static int whole(int size) {
    return Math.ceilDiv(size, STEP) * STEP;
  }

  /** The network learned to see areas shrunk: they are grown again by the rule they were shrunk by. */
  private static Optional<Strip> line(List<Coordinate> area, TextMap map) {
    var core = LeastRectangle.around(area);
    if (Math.min(core.length(), core.height()) < LEAST_SIDE || map.mean(core) < LEAST_PROBABILITY) {
      return Optional.empty();
    }
    double margin =
      (core.length() * core.height() * UNCLIP_RATIO) / (2 * (core.length() + core.height()));
    return Optional.of(core.grown(margin));
  }
}
