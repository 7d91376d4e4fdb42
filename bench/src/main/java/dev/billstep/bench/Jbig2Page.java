package dev.billstep.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A page of black and white as a scanner's JBIG2: one generic region, arithmetically coded by template 0
 * (ITU-T T.88, 6.2 and annex E).
 */
final class Jbig2Page {

  /** What is taken for black or white by a pixel's neighbours: five above that row above, seven above, four before. */
  private static final int CONTEXTS = 1 << 16;

  /** Annex E, table E.1: probability, next state after the more and the less likely, whether they change places. */
  private static final int[][] STATES = {
    { 0x5601, 1, 1, 1 },
    { 0x3401, 2, 6, 0 },
    { 0x1801, 3, 9, 0 },
    { 0x0AC1, 4, 12, 0 },
    { 0x0521, 5, 29, 0 },
    { 0x0221, 38, 33, 0 },
    { 0x5601, 7, 6, 1 },
    { 0x5401, 8, 14, 0 },
    { 0x4801, 9, 14, 0 },
    { 0x3801, 10, 14, 0 },
    { 0x3001, 11, 17, 0 },
    { 0x2401, 12, 18, 0 },
    { 0x1C01, 13, 20, 0 },
    { 0x1601, 29, 21, 0 },
    { 0x5601, 15, 14, 1 },
    { 0x5401, 16, 14, 0 },
    { 0x5101, 17, 15, 0 },
    { 0x4801, 18, 16, 0 },
    { 0x3801, 19, 17, 0 },
    { 0x3401, 20, 18, 0 },
    { 0x3001, 21, 19, 0 },
    { 0x2801, 22, 19, 0 },
    { 0x2401, 23, 20, 0 },
    { 0x2201, 24, 21, 0 },
    { 0x1C01, 25, 22, 0 },
    { 0x1801, 26, 23, 0 },
    { 0x1601, 27, 24, 0 },
    { 0x1401, 28, 25, 0 },
    { 0x1201, 29, 26, 0 },
    { 0x1101, 30, 27, 0 },
    { 0x0AC1, 31, 28, 0 },
    { 0x09C1, 32, 29, 0 },
    { 0x08A1, 33, 30, 0 },
    { 0x0521, 34, 31, 0 },
    { 0x0441, 35, 32, 0 },
    { 0x02A1, 36, 33, 0 },
    { 0x0221, 37, 34, 0 },
    { 0x0141, 38, 35, 0 },
    { 0x0111, 39, 36, 0 },
    { 0x0085, 40, 37, 0 },
    { 0x0049, 41, 38, 0 },
    { 0x0025, 42, 39, 0 },
    { 0x0015, 43, 40, 0 },
    { 0x0009, 44, 41, 0 },
    { 0x0005, 45, 42, 0 },
    { 0x0001, 45, 43, 0 },
    { 0x5601, 46, 46, 0 },
  };

  private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
  private final int[] states = new int[CONTEXTS];
  private final int[] likely = new int[CONTEXTS];
  private int interval = 0x8000;
  private int code;
  private int untilByte = 12;
  private int last = -1;

  private Jbig2Page() {}

  /** The segments, as a PDF embeds them: without a file's header and end. */
  static byte[] of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    var out = new ByteArrayOutputStream();
    out.writeBytes(segment(0, 48, ByteBuffer.allocate(19).putInt(width).putInt(height).array()));
    byte[] region = new Jbig2Page().region(image);
    var content = ByteBuffer.allocate(26 + region.length);
    content
      .putInt(width)
      .putInt(height)
      .putInt(0)
      .putInt(0)
      .put((byte) 0);
    // Template 0, with its four adaptive pixels where the template has room for them.
    content
      .put((byte) 0)
      .put(new byte[] { 3, -1, -3, -1, 2, -2, -2, -2 })
      .put(region);
    out.writeBytes(segment(1, 38, content.array()));
    return out.toByteArray();
  }

  private static byte[] segment(int number, int type, byte[] content) {
    var segment = ByteBuffer.allocate(11 + content.length);
    segment
      .putInt(number)
      .put((byte) type)
      .put((byte) 0)
      .put((byte) 1);
    return segment.putInt(content.length).put(content).array();
  }

  private byte[] region(BufferedImage image) {
    int width = image.getWidth();
    var above2 = new int[width + 8];
    var above = new int[width + 8];
    for (int y = 0; y < image.getHeight(); y++) {
      var row = new int[width + 8];
      for (int x = 0; x < width; x++) {
        row[x + 4] = 1 - (image.getRGB(x, y) & 1);
        int context = bits(above2, x + 2, 5);
        context = (context << 7) | bits(above, x + 1, 7);
        context = (context << 4) | bits(row, x, 4);
        encode(context, row[x + 4]);
      }
      above2 = above;
      above = row;
    }
    return flushed();
  }

  private static int bits(int[] row, int from, int count) {
    int bits = 0;
    for (int at = from; at < from + count; at++) {
      bits = (bits << 1) | row[at];
    }
    return bits;
  }

  private void encode(int context, int bit) {
    int[] state = STATES[states[context]];
    int probability = state[0];
    interval -= probability;
    boolean isSmaller = interval < probability;
    if (bit == likely[context]) {
      if ((interval & 0x8000) != 0) {
        code += probability;
        return;
      }
      states[context] = state[1];
    } else {
      isSmaller = !isSmaller;
      likely[context] ^= state[3];
      states[context] = state[2];
    }
    if (isSmaller) {
      interval = probability;
    } else {
      code += probability;
    }
    do {
      interval <<= 1;
      code <<= 1;
      untilByte--;
      if (untilByte == 0) {
        byteOut();
      }
    } while ((interval & 0x8000) == 0);
  }

  private void byteOut() {
    if (last != 0xFF && code >= 0x8000000) {
      last++;
      code = last == 0xFF ? code & 0x7FFFFFF : code;
    }
    boolean isStuffed = last == 0xFF;
    write();
    last = (isStuffed ? code >> 20 : code >> 19) & 0xFF;
    code &= isStuffed ? 0xFFFFF : 0x7FFFF;
    untilByte = isStuffed ? 7 : 8;
  }

  private void write() {
    if (last >= 0) {
      coded.write(last);
    }
  }

  private byte[] flushed() {
    int end = code + interval;
    code |= 0xFFFF;
    code -= code >= end ? 0x8000 : 0;
    code <<= untilByte;
    byteOut();
    code <<= untilByte;
    byteOut();
    write();
    if (last != 0xFF) {
      coded.write(0xFF);
    }
    coded.write(0xAC);
    return coded.toByteArray();
  }
}
