package dev.billstep.ocr;

/** Which pixels of a row, or of a column, each pixel covers once that is scaled, and how much of them. */
final class CoveredPixels {

  private final int[] first;
  private final float[] weights;
  private final int most;
  private final int[] covered;

  private CoveredPixels(int count, int most) {
    this.first = new int[count];
    this.covered = new int[count];
    this.weights = new float[count * most];
    this.most = most;
  }

  /** Of that many pixels at that scale; the last one that is left over in part counts as whole. */
  static CoveredPixels of(int size, double scale) {
    double step = 1 / scale;
    // Where the scale is above 1, a pixel is still the mean of as much as one pixel.
    double radius = Math.max(step, 1) / 2;
    var covered = new CoveredPixels(scaled(size, scale), (int) Math.ceil(2 * radius) + 1);
    for (int i = 0; i < covered.count(); i++) {
      covered.weigh(i, (i + 0.5) * step, radius, size);
    }
    return covered;
  }

  /** How many pixels those become. */
  static int scaled(int size, double scale) {
    return Math.max(1, (int) Math.round(size * scale));
  }

  private void weigh(int index, double middle, double radius, int size) {
    double from = Math.clamp(middle - radius, 0, size - 1.0);
    double to = Math.clamp(middle + radius, from + 1e-3, size);
    first[index] = (int) from;
    covered[index] = (int) Math.ceil(to) - first[index];
    for (int i = 0; i < covered[index]; i++) {
      double pixel = first[index] + i;
      double overlap = Math.min(pixel + 1, to) - Math.max(pixel, from);
      weights[index * most + i] = (float) (overlap / (to - from));
    }
  }

  int count() {
    return first.length;
  }

  int first(int index) {
    return first[index];
  }

  int covered(int index) {
    return covered[index];
  }

  float weight(int index, int i) {
    return weights[index * most + i];
  }

  float mean(int index, float[] line) {
    float sum = 0;
    for (int i = 0; i < covered[index]; i++) {
      sum += weights[index * most + i] * line[first[index] + i];
    }
    return sum;
  }
}
