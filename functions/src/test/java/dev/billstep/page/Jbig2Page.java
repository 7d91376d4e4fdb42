package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A page of black and white as a scanner's JBIG2: one generic region, arithmetically coded by template 0
 * (ITU-T T.88, 6.2 and annex E).
 */
public final class Jbig2Page {

  /** What is taken for black or white by a pixel's neighbours: five above that row above, seven above, four before. */
  private static final int CONTEXTS = 1 << 16;

  /** Figure 8: what a row's being as the one above is coded in. */
  private static final int TYPICAL_CONTEXT = 0x9B25;

  private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
  private final int[] states = new int[CONTEXTS];
  private final int[] likely = new int[CONTEXTS];
  private int interval = 0x8000;
  private int code;
  private int untilByte = 12;
  private int last = -1;

  private final boolean isTypical;

  private Jbig2Page(boolean isTypical) {
    this.isTypical = isTypical;
  }

  /** The segments, as a PDF embeds them: without a file's header and end. */
  public static byte[] of(BufferedImage image) {
    return of(image, false);
  }

  /**
   * The same.
   *
   * @param isTypical whether rows that are as those above are said to be
   */
  static byte[] of(BufferedImage image, boolean isTypical) {
    int width = image.getWidth();
    int height = image.getHeight();
    var out = new ByteArrayOutputStream();
    out.writeBytes(segment(0, 48, ByteBuffer.allocate(19).putInt(width).putInt(height).array()));
    byte[] region = new Jbig2Page(isTypical).region(image);
    var content = ByteBuffer.allocate(26 + region.length);
    content
      .putInt(width)
      .putInt(height)
      .putInt(0)
      .putInt(0)
      .put((byte) 0);
    // Template 0, with its four adaptive pixels where the template has room for them.
    content
      .put((byte) (isTypical ? 8 : 0))
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
    boolean wasAsAbove = false;
    for (int y = 0; y < image.getHeight(); y++) {
      var row = row(image, y);
      boolean isAsAbove = isTypical && Arrays.equals(row, above);
      if (isTypical) {
        encode(TYPICAL_CONTEXT, isAsAbove == wasAsAbove ? 0 : 1);
        wasAsAbove = isAsAbove;
      }
      if (!isAsAbove) {
        encode(above2, above, row);
      }
      above2 = above;
      above = row;
    }
    return flushed();
  }

  /** Black is 1; there are four white pixels on either side. */
  private static int[] row(BufferedImage image, int y) {
    var row = new int[image.getWidth() + 8];
    for (int x = 0; x < image.getWidth(); x++) {
      row[x + 4] = 1 - (image.getRGB(x, y) & 1);
    }
    return row;
  }

  private void encode(int[] above2, int[] above, int[] row) {
    for (int x = 0; x < row.length - 8; x++) {
      int context = bits(above2, x + 2, 5);
      context = (context << 7) | bits(above, x + 1, 7);
      context = (context << 4) | bits(row, x, 4);
      encode(context, row[x + 4]);
    }
  }

  private static int bits(int[] row, int from, int count) {
    int bits = 0;
    for (int at = from; at < from + count; at++) {
      bits = (bits << 1) | row[at];
    }
    return bits;
  }

  private void encode(int context, int bit) {
    int[] state = ArithmeticRegion.STATES[states[context]];
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
