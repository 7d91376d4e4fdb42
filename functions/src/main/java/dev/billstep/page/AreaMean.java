package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes images smaller: each pixel is the mean of all those that it stands for, by how much of each
 * lies in it. Of fewer, thin strokes break: what Thumbnailator, imgscalr and TwelveMonkeys'
 * ResampleOp give lies 23 to 55 dB from it. The JDK's filter gives the same mean in many times the
 * time, and takes greys for linear ones.
 *
 * <p>Rows are added up first, sample by sample, which the JIT does many at a time; what is left is as many
 * rows as the smaller image has.
 */
final class AreaMean {

  /** A row, in the parts by which two share it: the sum of 2,000 whole ones is an int. */
  private static final int ROW = 1 << 12;

  private final Raster source;
  private final int bands;
  private final Optional<byte[]> greys;
  private final byte[] row;
  private final int[] sums;
  private final float[] means;

  /** Of each sample of a smaller row: between which it is the mean, and how much these count. */
  private final int[] first;
  private final int[] last;
  private final float[] ofFirst;
  private final float[] ofLast;
  private final float ofOthers;
  private int fetched = -1;

  /** Of an image with a byte a sample, or a palette of greys. */
  private AreaMean(BufferedImage image, int width) {
    this.source = image.getRaster();
    this.bands = source.getNumBands();
    this.greys = greys(image.getColorModel());
    this.row = new byte[source.getWidth() * bands];
    this.sums = new int[row.length];
    this.means = new float[row.length];
    this.first = new int[width * bands];
    this.last = new int[first.length];
    this.ofFirst = new float[first.length];
    this.ofLast = new float[first.length];
    double step = (double) source.getWidth() / width;
    this.ofOthers = (float) (1 / step);
    for (int index = 0; index < first.length; index++) {
      setShares(index, step);
    }
  }

  private void setShares(int index, double step) {
    int x = index / bands;
    double from = x * step;
    double to = Math.min(from + step, source.getWidth());
    int begun = (int) from;
    int ended = Math.min((int) to, source.getWidth() - 1);
    int band = index % bands;
    first[index] = begun * bands + band;
    last[index] = ended * bands + band;
    ofFirst[index] = (float) ((begun + 1 - from) / step);
    ofLast[index] = begun == ended ? 0 : (float) ((to - ended) / step);
  }

  /**
   * A smaller image of the same; a grey one stays grey, a transparent one is seen on white.
   *
   * @param width at most the image's
   * @param height at most the image's
   */
  static BufferedImage of(BufferedImage image, int width, int height) {
    var means = new AreaMean(inBytes(image), width);
    var smaller = new BufferedImage(
      width,
      height,
      means.bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR
    );
    means.into(smaller.getRaster());
    return smaller;
  }

  private void into(WritableRaster smaller) {
    var result = new byte[first.length];
    int begin = 0;
    for (int target = 0; target < smaller.getHeight(); target++) {
      int end = (int) (((target + 1L) * source.getHeight() * ROW) / smaller.getHeight());
      addRows(begin, end);
      takeMeans(1f / (end - begin), result);
      smaller.setDataElements(0, target, smaller.getWidth(), 1, result);
      begin = end;
    }
  }

  private void addRows(int begin, int end) {
    Arrays.fill(sums, 0);
    int at = begin;
    while (at < end) {
      int y = at / ROW;
      int next = Math.min((y + 1) * ROW, end);
      fetch(y);
      add(row, next - at, sums);
      at = next;
    }
  }

  /** Unless it is there: a row that two share is the last of the one and the first of the other. */
  private void fetch(int y) {
    if (y != fetched) {
      source.getDataElements(0, y, source.getWidth(), 1, row);
      greys.ifPresent(this::lookUp);
      fetched = y;
    }
  }

  private void lookUp(byte[] ofPalette) {
    for (int x = 0; x < row.length; x++) {
      row[x] = ofPalette[row[x] & 0xff];
    }
  }

  private static void add(byte[] row, int share, int[] sums) {
    for (int index = 0; index < row.length; index++) {
      sums[index] += share * (row[index] & 0xff);
    }
  }

  private void takeMeans(float ofSums, byte[] result) {
    for (int index = 0; index < sums.length; index++) {
      means[index] = ofSums * sums[index];
    }
    for (int index = 0; index < result.length; index++) {
      float mean = ofFirst[index] * means[first[index]] + ofLast[index] * means[last[index]];
      for (int between = first[index] + bands; between < last[index]; between += bands) {
        mean += ofOthers * means[between];
      }
      result[index] = (byte) (mean + 0.5f);
    }
  }

  /** With a byte for grey or its place in a palette, or one each for red, green and blue. */
  private static BufferedImage inBytes(BufferedImage image) {
    var model = image.getColorModel();
    boolean isInBytes =
      model.getTransferType() == DataBuffer.TYPE_BYTE &&
      (greys(model).isPresent() || hasSampleBytes(model));
    return isInBytes ? image : PageColors.onWhite(image, BufferedImage.TYPE_3BYTE_BGR);
  }

  private static boolean hasSampleBytes(ColorModel model) {
    return (
      model instanceof ComponentColorModel &&
      !model.hasAlpha() &&
      (model.getNumComponents() == 1 || model.getColorSpace().isCS_sRGB())
    );
  }

  private static boolean isGrey(IndexColorModel palette) {
    return (
      !palette.hasAlpha() &&
      IntStream.range(0, palette.getMapSize()).allMatch(
        index ->
          palette.getRed(index) == palette.getGreen(index) &&
          palette.getGreen(index) == palette.getBlue(index)
      )
    );
  }

  /** Those of a palette that has no others. Not drawn: that would change them by Java's linear grey profile. */
  private static Optional<byte[]> greys(ColorModel model) {
    if (!(model instanceof IndexColorModel palette) || !isGrey(palette)) {
      return Optional.empty();
    }
    var greys = new byte[palette.getMapSize()];
    palette.getReds(greys);
    return Optional.of(greys);
  }
}
