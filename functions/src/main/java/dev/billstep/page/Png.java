package dev.billstep.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes samples as PNG (ISO/IEC 15948), without loss; the same samples give the same bytes. ImageIO
 * tries every filter on every row; libraries know neither pages of one bit nor when to leave
 * repetitions alone.
 */
final class Png {

  private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  private static final byte GREY = 0;
  private static final byte RGB = 2;

  /** Of a row's bytes, copied into the deflater at once. */
  private static final int BLOCK = 1 << 16;

  private final Samples samples;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK);

  private Png(Samples samples) {
    this.samples = samples;
  }

  static byte[] encode(Samples samples) {
    var png = new Png(samples);
    png.out.writeBytes(SIGNATURE);
    png.chunk("IHDR", png.header());
    png.data();
    png.chunk("IEND", ByteBuffer.allocate(0));
    return png.out.toByteArray();
  }

  private ByteBuffer header() {
    byte colours = samples.kind() == Samples.Kind.RGB ? RGB : GREY;
    // The last three: the only compression and filter methods that there are, and no interlacing.
    return ByteBuffer.allocate(13)
      .putInt(samples.width())
      .putInt(samples.height())
      .put((byte) samples.kind().bits())
      .put(colours)
      .put((byte) 0)
      .put((byte) 0)
      .put((byte) 0)
      .flip();
  }

  private void chunk(String type, ByteBuffer content) {
    var name = type.getBytes(StandardCharsets.US_ASCII);
    var sum = new CRC32();
    sum.update(name);
    sum.update(content.duplicate());
    writeInt(content.remaining());
    out.writeBytes(name);
    out.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
    writeInt((int) sum.getValue());
  }

  private void writeInt(int number) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private void data() {
    var packing = Packing.of(samples);
    try (var deflater = new Deflater(packing.level())) {
      deflater.setStrategy(packing.strategy());
      int rowBytes = samples.kind().rowBytes(samples.width());
      int rowsAtOnce = Math.clamp(BLOCK / (rowBytes + 1), 1, samples.height());
      var block = new byte[rowsAtOnce * (rowBytes + 1)];
      var packed = new byte[BLOCK];
      for (int y = 0; y < samples.height(); y += rowsAtOnce) {
        int rows = Math.min(rowsAtOnce, samples.height() - y);
        for (int row = 0; row < rows; row++) {
          packing.filter().apply(samples, y + row, block, row * (rowBytes + 1));
        }
        deflater.setInput(block, 0, rows * (rowBytes + 1));
        while (!deflater.needsInput()) {
          write(deflater, packed);
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        write(deflater, packed);
      }
    }
  }

  private void write(Deflater deflater, byte[] packed) {
    int length = deflater.deflate(packed);
    if (length > 0) {
      chunk("IDAT", ByteBuffer.wrap(packed, 0, length));
    }
  }

  /**
   * How samples are packed best in little time. Paper that is white throughout is found again as it is;
   * of what a scanner has made of it, the row above is; noise is found nowhere, and not worth looking
   * for. Times and sizes are in decision 32.
   */
  private record Packing(Filter filter, int level, int strategy) {
    private static final Packing DRAWN = new Packing(Filter.NONE, 2, Deflater.DEFAULT_STRATEGY);
    private static final Packing SCANNED = new Packing(Filter.UP, 1, Deflater.DEFAULT_STRATEGY);
    private static final Packing GREY_NOISE = new Packing(Filter.SUB, 1, Deflater.HUFFMAN_ONLY);

    /** A JPEG's colours are the same over two pixels and more. */
    private static final Packing COLOUR_NOISE = new Packing(
      Filter.NONE,
      1,
      Deflater.DEFAULT_STRATEGY
    );

    /** Of the bytes of a page, how many are as the one to their left. */
    private static final double EVEN = 0.9;

    private static final double HALF_EVEN = 0.5;

    /** Rows that are looked at: one of so many. */
    private static final int EVERY = 16;

    static Packing of(Samples samples) {
      double evenness = evenness(samples);
      if (evenness >= EVEN || samples.kind() == Samples.Kind.BILEVEL) {
        return DRAWN;
      }
      if (evenness >= HALF_EVEN) {
        return SCANNED;
      }
      return samples.kind() == Samples.Kind.GREY ? GREY_NOISE : COLOUR_NOISE;
    }

    private static double evenness(Samples samples) {
      var rows = samples.rows();
      int rowBytes = samples.kind().rowBytes(samples.width());
      int apart = samples.kind().pixelBytes();
      long same = 0;
      long all = 0;
      for (int y = 0; y < samples.height(); y += EVERY) {
        int start = y * rowBytes;
        for (int at = start + apart; at < start + rowBytes; at++) {
          same += rows[at] == rows[at - apart] ? 1 : 0;
        }
        all += rowBytes;
      }
      return (double) same / Math.max(1, all);
    }
  }

  /** What is written of a row instead of it (clause 9.2). */
  private enum Filter {
    NONE(0),
    SUB(1),
    UP(2);

    private final byte type;

    Filter(int type) {
      this.type = (byte) type;
    }

    void apply(Samples samples, int y, byte[] to, int start) {
      var rows = samples.rows();
      int length = samples.kind().rowBytes(samples.width());
      int from = y * length;
      int first = start + 1;
      to[start] = type;
      switch (this) {
        case NONE -> System.arraycopy(rows, from, to, first, length);
        case SUB -> {
          int apart = samples.kind().pixelBytes();
          System.arraycopy(rows, from, to, first, apart);
          for (int at = apart; at < length; at++) {
            to[first + at] = (byte) (rows[from + at] - rows[from + at - apart]);
          }
        }
        case UP -> {
          if (y == 0) {
            System.arraycopy(rows, from, to, first, length);
          } else {
            for (int at = 0; at < length; at++) {
              to[first + at] = (byte) (rows[from + at] - rows[from + at - length]);
            }
          }
        }
      }
    }
  }
}
