package dev.billstep.ocr;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** A page as one plane of brightness. */
final class GrayPage {

  /** Half of the brightest: the networks want black as -1 and white as 1. */
  private static final float MIDDLE = 127.5f;

  private static final int COLOURS = 3;

  private final byte[] pixels;
  private final int width;
  private final int height;

  GrayPage(byte[] pixels, int width, int height) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
  }

  static GrayPage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (
      image.getType() == BufferedImage.TYPE_BYTE_GRAY &&
      image.getRaster().getParent() == null &&
      image.getRaster().getDataBuffer() instanceof DataBufferByte plane
    ) {
      return new GrayPage(plane.getData(), width, height);
    }
    var pixels = new byte[width * height];
    boolean isPlain = image.getType() == BufferedImage.TYPE_3BYTE_BGR;
    var row = new int[width * COLOURS];
    for (int y = 0; y < height; y++) {
      if (isPlain) {
        image.getRaster().getPixels(0, y, width, 1, row);
        for (int x = 0; x < width; x++) {
          int at = x * COLOURS;
          pixels[y * width + x] = (byte) brightness(row[at], row[at + 1], row[at + 2]);
        }
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          pixels[y * width + x] = onPaper(row[x]);
        }
      }
    }
    return new GrayPage(pixels, width, height);
  }

  /** What is transparent lets the white of the paper through. */
  private static byte onPaper(int argb) {
    int alpha = argb >>> 24;
    int colour = brightness((argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff);
    return (byte) ((colour * alpha + 0xff * (0xff - alpha)) / 0xff);
  }

  /** By the weights of ITU-R BT.601, in 256ths. */
  private static int brightness(int red, int green, int blue) {
    return (77 * red + 150 * green + 29 * blue) >> 8;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  GrayPage turned(QuarterTurn turn) {
    if (turn == QuarterTurn.NONE) {
      return this;
    }
    int turnedWidth = turn.isSideways() ? height : width;
    int turnedHeight = turn.isSideways() ? width : height;
    var turned = new byte[pixels.length];
    for (int y = 0; y < turnedHeight; y++) {
      for (int x = 0; x < turnedWidth; x++) {
        // The middle of a pixel stays one.
        var back = turn.back(new Strip.Point(x + 0.5, y + 0.5), width, height);
        int row = (int) back.y();
        int column = (int) back.x();
        turned[y * turnedWidth + x] = pixels[row * width + column];
      }
    }
    return new GrayPage(turned, turnedWidth, turnedHeight);
  }

  /**
   * The page at another size, in the upper left of a white plane; each pixel the mean of what it
   * covers, from -1 (black) to 1 (white).
   *
   * @param scale of the page's sides
   * @param planeWidth at least as wide as the page then is; {@code planeHeight} likewise
   */
  float[] scaled(double scale, int planeWidth, int planeHeight) {
    var columns = CoveredPixels.of(width, scale);
    var rows = CoveredPixels.of(height, scale);
    var plane = new float[planeWidth * planeHeight];
    Arrays.fill(plane, 1);
    var line = new float[width];
    for (int y = 0; y < rows.count(); y++) {
      meanOfRows(rows, y, line);
      for (int x = 0; x < columns.count(); x++) {
        plane[y * planeWidth + x] = columns.mean(x, line) / MIDDLE - 1;
      }
    }
    return plane;
  }

  private void meanOfRows(CoveredPixels rows, int y, float[] line) {
    Arrays.fill(line, 0);
    for (int covered = 0; covered < rows.covered(y); covered++) {
      float weight = rows.weight(y, covered);
      int start = (rows.first(y) + covered) * width;
      for (int x = 0; x < width; x++) {
        line[x] += weight * (pixels[start + x] & 0xff);
      }
    }
  }

  /**
   * A strip of the page, upright and at another size, from -1 (black) to 1 (white).
   *
   * @param columns that it becomes long, {@code rows} that it becomes high
   * @param plane is written to from {@code at} on, its rows {@code stride} long
   */
  void crop(Strip strip, int columns, int rows, float[] plane, int at, int stride) {
    // Where the page is finer than the crop, each pixel is the mean of so many samples squared.
    int fineness = Math.max(1, (int) Math.round(strip.height() / rows / 2));
    double alongStep = strip.length() / columns / fineness;
    double belowStep = strip.height() / rows / fineness;
    double cos = Math.cos(strip.angle());
    double sin = Math.sin(strip.angle());
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float sum = 0;
        for (int i = 0; i < fineness * fineness; i++) {
          double along = (column * fineness + (i % fineness) + 0.5) * alongStep;
          double below = (row * fineness + i / fineness + 0.5) * belowStep;
          sum += sample(
            strip.x() + along * cos - below * sin - 0.5,
            strip.y() + along * sin + below * cos - 0.5
          );
        }
        plane[at + row * stride + column] = sum / (fineness * fineness) / MIDDLE - 1;
      }
    }
  }

  /** Between four pixels, by the distance to each; beyond the page, what its edge is like. */
  private float sample(double x, double y) {
    float left = (float) Math.clamp(x, 0, Math.max(0, width - 1.001));
    float top = (float) Math.clamp(y, 0, Math.max(0, height - 1.001));
    int column = (int) left;
    int row = (int) top;
    int right = Math.min(column + 1, width - 1);
    int above = row * width;
    int below = Math.min(row + 1, height - 1) * width;
    float across = left - column;
    float upper = between(pixels[above + column], pixels[above + right], across);
    float lower = between(pixels[below + column], pixels[below + right], across);
    return upper + (lower - upper) * (top - row);
  }

  private static float between(byte one, byte other, float share) {
    return (one & 0xff) * (1 - share) + (other & 0xff) * share;
  }
}
