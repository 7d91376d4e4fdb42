package dev.billstep.page;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;

/**
 * Pixels as a PNG holds them: rows from the top, each from a byte of its own on; black is 0. Kept in
 * no more colours than they have: grey where all of them are grey, one bit where all are black or white.
 */
final class Samples implements PageBitmap {

  private static final int WHITE = 255;

  private static final byte[] BLACK_THEN_WHITE = { 0, (byte) WHITE };
  private static final IndexColorModel BLACK_AND_WHITE = new IndexColorModel(
    1,
    BLACK_THEN_WHITE.length,
    BLACK_THEN_WHITE,
    BLACK_THEN_WHITE,
    BLACK_THEN_WHITE
  );

  private final Kind kind;
  private final int width;
  private final int height;
  private final byte[] rows;

  private Samples(Kind kind, int width, int height, byte[] rows) {
    this.kind = kind;
    this.width = width;
    this.height = height;
    this.rows = rows;
  }

  /**
   * Samples that were decoded already.
   *
   * @param rows all of them, and nothing else; not copied
   */
  static Samples of(Kind kind, int width, int height, byte[] rows) {
    if (rows.length != kind.rowBytes(width) * (long) height) {
      throw new IllegalArgumentException(
        "%d bytes are not %d × %d %s".formatted(rows.length, width, height, kind)
      );
    }
    return new Samples(kind, width, height, rows).reduced();
  }

  /** An image without transparency, in 8 bits a channel or less. */
  static Samples of(BufferedImage image) {
    var samples = switch (image.getType()) {
      case BufferedImage.TYPE_INT_RGB -> drawn(image);
      case BufferedImage.TYPE_BYTE_GRAY -> grey(image);
      case BufferedImage.TYPE_3BYTE_BGR -> bgr(image);
      default -> isRgbBytes(image) ? copied(Kind.RGB, image) : shown(image);
    };
    return samples.reduced();
  }

  Kind kind() {
    return kind;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Not a copy. */
  byte[] rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return rows.length;
  }

  @Override
  public EncodedPage encoded(List<Picture> wanted) {
    return EncodedPage.of(Png.encode(this), image(), wanted);
  }

  /** As ImageIO would decode it from the PNG; not a copy. */
  BufferedImage image() {
    var plane = new DataBufferByte(rows, rows.length);
    return switch (kind) {
      case BILEVEL -> image(
        BLACK_AND_WHITE,
        Raster.createPackedRaster(plane, width, height, 1, null)
      );
      case GREY -> image(colours(ColorSpace.CS_GRAY), interleaved(plane, 0));
      case RGB -> image(colours(ColorSpace.CS_sRGB), interleaved(plane, 0, 1, 2));
    };
  }

  private static BufferedImage image(ColorModel colours, WritableRaster raster) {
    return new BufferedImage(colours, raster, false, null);
  }

  private static ColorModel colours(int space) {
    return new ComponentColorModel(
      ColorSpace.getInstance(space),
      false,
      false,
      Transparency.OPAQUE,
      DataBuffer.TYPE_BYTE
    );
  }

  private WritableRaster interleaved(DataBufferByte plane, int... bands) {
    return Raster.createInterleavedRaster(
      plane,
      width,
      height,
      kind.rowBytes(width),
      bands.length,
      bands,
      null
    );
  }

  private static Samples drawn(BufferedImage image) {
    boolean isWhole = image.getRaster().getParent() == null;
    return isWhole && image.getRaster().getDataBuffer() instanceof DataBufferInt plane
      ? of(image.getWidth(), image.getHeight(), plane.getData())
      : shown(image);
  }

  private static Samples of(int width, int height, int[] pixels) {
    return isGrey(pixels)
      ? new Samples(Kind.GREY, width, height, blue(pixels))
      : new Samples(Kind.RGB, width, height, colours(pixels));
  }

  private static boolean isGrey(int[] pixels) {
    for (int rgb : pixels) {
      if ((((rgb >> 8) ^ rgb) & 0xFFFF) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] blue(int[] pixels) {
    var rows = new byte[pixels.length];
    for (int at = 0; at < rows.length; at++) {
      rows[at] = (byte) pixels[at];
    }
    return rows;
  }

  private static byte[] colours(int[] pixels) {
    var rows = new byte[Kind.RGB.rowBytes(pixels.length)];
    int at = 0;
    for (int rgb : pixels) {
      rows[at] = (byte) (rgb >> 16);
      rows[at + 1] = (byte) (rgb >> 8);
      rows[at + 2] = (byte) rgb;
      at += 3;
    }
    return rows;
  }

  private static Samples grey(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (
      image.getRaster().getParent() == null &&
      image.getRaster().getDataBuffer() instanceof DataBufferByte plane &&
      plane.getData().length == width * height
    ) {
      return new Samples(Kind.GREY, width, height, plane.getData());
    }
    return copied(Kind.GREY, image);
  }

  private static boolean isRgbBytes(BufferedImage image) {
    var model = image.getColorModel();
    return (
      !(model instanceof IndexColorModel) &&
      image.getRaster().getNumBands() == 3 &&
      Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == Byte.SIZE)
    );
  }

  private static Samples bgr(BufferedImage image) {
    if (
      image.getRaster().getParent() != null ||
      !(image.getRaster().getDataBuffer() instanceof DataBufferByte plane)
    ) {
      return copied(Kind.RGB, image);
    }
    var rows = plane.getData().clone();
    for (int at = 0; at < rows.length; at += 3) {
      byte blue = rows[at];
      rows[at] = rows[at + 2];
      rows[at + 2] = blue;
    }
    return new Samples(Kind.RGB, image.getWidth(), image.getHeight(), rows);
  }

  /** By the samples themselves: to convert their colours would change them. */
  private static Samples copied(Kind kind, BufferedImage image) {
    int width = image.getWidth();
    var rows = new byte[kind.rowBytes(width) * image.getHeight()];
    int[] row = new int[kind.rowBytes(width)];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, width, 1, row);
      for (int sample : row) {
        rows[at++] = (byte) sample;
      }
    }
    return new Samples(kind, width, image.getHeight(), rows);
  }

  /** By the colours that it is shown in: of a palette, or of grey in few bits. */
  private static Samples shown(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    return of(width, height, image.getRGB(0, 0, width, height, null, 0, width));
  }

  private Samples reduced() {
    return switch (kind) {
      case BILEVEL -> this;
      case GREY -> isBilevel() ? packed() : this;
      case RGB -> areAllGrey()
        ? new Samples(Kind.GREY, width, height, everyThird()).reduced()
        : this;
    };
  }

  private boolean isBilevel() {
    for (byte sample : rows) {
      if (sample != 0 && sample != (byte) WHITE) {
        return false;
      }
    }
    return true;
  }

  private Samples packed() {
    int rowBytes = Kind.BILEVEL.rowBytes(width);
    var bits = new byte[rowBytes * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (rows[y * width + x] != 0) {
          bits[y * rowBytes + (x >> 3)] |= (byte) (0x80 >> (x & 7));
        }
      }
    }
    return new Samples(Kind.BILEVEL, width, height, bits);
  }

  private boolean areAllGrey() {
    for (int at = 0; at < rows.length; at += 3) {
      if (rows[at] != rows[at + 1] || rows[at] != rows[at + 2]) {
        return false;
      }
    }
    return true;
  }

  private byte[] everyThird() {
    var grey = new byte[rows.length / 3];
    for (int at = 0; at < grey.length; at++) {
      grey[at] = rows[3 * at];
    }
    return grey;
  }

  /** What a pixel is. */
  enum Kind {
    /** A bit; eight pixels a byte, the leftmost in the highest. */
    BILEVEL(1, 1),
    GREY(8, 1),
    RGB(8, 3);

    private final int bits;
    private final int channels;

    Kind(int bits, int channels) {
      this.bits = bits;
      this.channels = channels;
    }

    /** Of a sample. */
    int bits() {
      return bits;
    }

    int channels() {
      return channels;
    }

    /** Of a pixel, at least one: how far apart samples of a kind are. */
    int pixelBytes() {
      return channels;
    }

    int rowBytes(int width) {
      return Math.ceilDiv(width * bits * channels, Byte.SIZE);
    }
  }
}
