package dev.billstep.page;

import java.nio.ByteBuffer;

/**
 * Decodes a region of JBIG2 that is coded pixel by pixel, by template 0 with all its pixels side by side
 * (ITU-T T.88, 6.2): each is told from the sixteen that come before it by an arithmetic decoder (annex E), which knows
 * how often it was black where they were so.
 */
final class ArithmeticRegion {

  /** Table E.1: probability of the less likely, next state after the more and the less likely, whether they change places. */
  static final int[][] STATES = {
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

  /** By state, twice its number and one more where black is more likely. */
  private static final int[] PROBABILITIES = new int[2 * STATES.length];

  private static final byte[] AFTER_LIKELY = new byte[2 * STATES.length];
  private static final byte[] AFTER_UNLIKELY = new byte[2 * STATES.length];

  static {
    for (int state = 0; state < STATES.length; state++) {
      for (int likely = 0; likely < 2; likely++) {
        int at = 2 * state + likely;
        PROBABILITIES[at] = STATES[state][0];
        AFTER_LIKELY[at] = (byte) (2 * STATES[state][1] + likely);
        AFTER_UNLIKELY[at] = (byte) (2 * STATES[state][2] + (likely ^ STATES[state][3]));
      }
    }
  }

  private static final int CONTEXTS = 1 << 16;

  /** Below, the interval is doubled until it isn't. */
  private static final int LEAST_INTERVAL = 0x8000;

  /** Of code: above are those bits that are compared. */
  private static final int COMPARED_AT = 16;

  /** The greatest byte that may follow 0xFF within the code. */
  private static final int GREATEST_STUFFED = 0x8F;

  /** Figure 8: what a row's being as the one above is coded in. */
  private static final int TYPICAL_CONTEXT = 0x9B25;

  private final byte[] states = new byte[CONTEXTS];
  private final ByteBuffer coded;
  private int interval = LEAST_INTERVAL;
  private int code;
  private int bitsLeft;
  private int last;

  private final int width;
  private final int height;
  private final int rowBytes;
  private final byte[] rows;

  /**
   * Reads the beginning of the code.
   *
   * @param coded all of it, with the marker at its end
   */
  ArithmeticRegion(int width, int height, ByteBuffer coded) {
    this.width = width;
    this.height = height;
    this.rowBytes = Samples.Kind.BILEVEL.rowBytes(width);
    this.rows = new byte[rowBytes * height];
    this.coded = coded;
    last = next();
    code = last << COMPARED_AT;
    readByte();
    code <<= 7;
    bitsLeft -= 7;
  }

  /**
   * Its pixels, eight a byte; black is 1, as are none of those beyond a row's end.
   *
   * @param isTypical whether rows that are as those above are said to be
   */
  byte[] rows(boolean isTypical) {
    int asAbove = 0;
    for (int y = 0; y < height; y++) {
      if (isTypical) {
        asAbove ^= bit(TYPICAL_CONTEXT);
      }
      if (asAbove == 0) {
        row(y);
      } else if (y > 0) {
        System.arraycopy(rows, (y - 1) * rowBytes, rows, y * rowBytes, rowBytes);
      }
    }
    return rows;
  }

  /**
   * A context is, from its lowest bit on: four pixels to the left, seven of the row above around the next pixel but one,
   * five of the row above that (figure 3).
   */
  private void row(int y) {
    int start = y * rowBytes;
    int above = byteOf(y - 1, 0);
    int above2 = byteOf(y - 2, 0) << 6;
    int context = (above & 0xF0) | (above2 & 0x3800);
    for (int x = 0; x < rowBytes; x++) {
      above = (above << 8) | byteOf(y - 1, x + 1);
      above2 = (above2 << 8) | (byteOf(y - 2, x + 1) << 6);
      int count = Math.min(Byte.SIZE, width - x * Byte.SIZE);
      boolean isWhite = context == 0 && (above & 0xFF0) == 0 && (above2 & 0x7F800) == 0;
      if (isWhite && count == Byte.SIZE && areNextEightLikely()) {
        continue;
      }
      int pixels = 0;
      for (int shift = 7; shift > 7 - count; shift--) {
        int bit = bit(context);
        pixels |= bit << shift;
        context =
          ((context & 0x7BF7) << 1) | bit | ((above >> shift) & 0x10) | ((above2 >> shift) & 0x800);
      }
      rows[start + x] = (byte) pixels;
    }
  }

  private int byteOf(int y, int x) {
    return y < 0 || x >= rowBytes ? 0 : rows[y * rowBytes + x] & 0xFF;
  }

  /**
   * Takes eight white pixels among white ones at once, where the code says of none of them that it is black, and the
   * interval stays great enough: most of a page.
   */
  private boolean areNextEightLikely() {
    int state = states[0];
    int probability = Byte.SIZE * PROBABILITIES[state];
    boolean areLikely =
      (state & 1) == 0 &&
      interval - probability >= LEAST_INTERVAL &&
      code >>> COMPARED_AT >= probability;
    if (areLikely) {
      interval -= probability;
      code -= probability << COMPARED_AT;
    }
    return areLikely;
  }

  /** Figures E.14 to E.17. */
  private int bit(int context) {
    int state = states[context];
    int probability = PROBABILITIES[state];
    interval -= probability;
    boolean isUpper = code >>> COMPARED_AT >= probability;
    if (isUpper) {
      code -= probability << COMPARED_AT;
      if (interval >= LEAST_INTERVAL) {
        return state & 1;
      }
    }
    // The less likely has the lower part, unless that is the greater one.
    boolean isLikely = isUpper == interval >= probability;
    interval = isUpper ? interval : probability;
    states[context] = isLikely ? AFTER_LIKELY[state] : AFTER_UNLIKELY[state];
    renormalize();
    return isLikely ? state & 1 : (state & 1) ^ 1;
  }

  private void renormalize() {
    do {
      if (bitsLeft == 0) {
        readByte();
      }
      interval <<= 1;
      code <<= 1;
      bitsLeft--;
    } while (interval < LEAST_INTERVAL);
  }

  /** Figure E.19: a marker is the end, and stands for ones without end. */
  private void readByte() {
    if (last != 0xFF) {
      last = next();
      code += last << 8;
      bitsLeft = 8;
      return;
    }
    int stuffed = coded.hasRemaining() ? coded.get(coded.position()) & 0xFF : 0xFF;
    if (stuffed > GREATEST_STUFFED) {
      code += 0xFF00;
      bitsLeft = 8;
    } else {
      last = next();
      code += last << 9;
      bitsLeft = 7;
    }
  }

  private int next() {
    return coded.hasRemaining() ? coded.get() & 0xFF : 0xFF;
  }
}
