package dev.billstep.ocr;

/** How probable it is of each pixel that it belongs to text: what the detector gives. */
final class TextMap {

  /** A pixel that is more probable than that is text (PP-OCR's own threshold). */
  private static final float TEXT = 0.3f;

  private final float[] probabilities;
  private final int width;
  private final int height;

  TextMap(float[] probabilities, int width, int height) {
    this.probabilities = probabilities;
    this.width = width;
    this.height = height;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Widened by a pixel to the right and downwards, as PP-OCR does it, so that broken words join. */
  boolean isText(int x, int y) {
    return isBright(x, y) || isBright(x - 1, y) || isBright(x, y - 1) || isBright(x - 1, y - 1);
  }

  private boolean isBright(int x, int y) {
    return x >= 0 && y >= 0 && probabilities[y * width + x] > TEXT;
  }

  /** The mean probability on a strip, looked at once a pixel. */
  double mean(Strip strip) {
    double cos = Math.cos(strip.angle());
    double sin = Math.sin(strip.angle());
    double sum = 0;
    int count = 0;
    for (double below = 0.5; below < strip.height(); below++) {
      for (double along = 0.5; along < strip.length(); along++) {
        int x = (int) (strip.x() + along * cos - below * sin);
        int y = (int) (strip.y() + along * sin + below * cos);
        if (x >= 0 && y >= 0 && x < width && y < height) {
          sum += probabilities[y * width + x];
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
