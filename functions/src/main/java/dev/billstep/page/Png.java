package dev.billstep.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes samples as PNG (ISO/IEC 15948), without loss; the same samples give the same bytes. ImageIO
 * tries every filter on every row; libraries know neither pages of one bit nor when to leave
 * repetitions alone. Times and sizes are in decision 34.
 */
final class Png {

  private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  private static final byte GREY = 0;
  private static final byte RGB = 2;

  private static final int BLOCK = 1 << 16;

  /** Of zlib: half as long as the next for as many bytes but for one in ten. */
  private static final int LEVEL = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK);

  private Png() {}

  static byte[] encode(Samples samples) {
    var packed =
      samples.kind() == Samples.Kind.BILEVEL
        ? repetitionsPacked(samples)
        : new FilteredRows(samples).packed();
    return of(samples.kind(), samples.width(), samples.height(), packed);
  }

  /**
   * Of rows that are filtered and deflated already.
   *
   * @param packed a zlib stream of them, in an array
   */
  static byte[] of(Samples.Kind kind, int width, int height, ByteBuffer packed) {
    var png = new Png();
    png.out.writeBytes(SIGNATURE);
    png.chunk("IHDR", header(kind, width, height));
    png.chunk("IDAT", packed);
    png.chunk("IEND", ByteBuffer.allocate(0));
    return png.out.toByteArray();
  }

  private static ByteBuffer header(Samples.Kind kind, int width, int height) {
    byte colours = kind == Samples.Kind.RGB ? RGB : GREY;
    // The last three: the only compression and filter methods that there are, and no interlacing.
    return ByteBuffer.allocate(13)
      .putInt(width)
      .putInt(height)
      .put((byte) kind.bits())
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

  /** Eight pixels a byte: what a byte says of the next is little, and lines come again. */
  private static ByteBuffer repetitionsPacked(Samples samples) {
    int rowBytes = samples.kind().rowBytes(samples.width());
    var row = new byte[1 + rowBytes]; // The first byte says that it is not filtered.
    var packed = new ByteArrayOutputStream(BLOCK);
    var buffer = new byte[BLOCK];
    try (var deflater = new Deflater(LEVEL)) {
      for (int y = 0; y < samples.height(); y++) {
        System.arraycopy(samples.rows(), y * rowBytes, row, 1, rowBytes);
        deflater.setInput(row);
        while (!deflater.needsInput()) {
          packed.write(buffer, 0, deflater.deflate(buffer));
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return ByteBuffer.wrap(packed.toByteArray());
  }
}
