package dev.billstep.page;

import java.util.Optional;

/**
 * What a row of a PNG may have been filtered by, in the order of their numbers: its bytes are what is left when that
 * which is expected of them is taken off (ISO/IEC 15948, clause 9). PDFs call them predictors.
 */
enum PngFilter {
  NONE(0),
  SUB(1),
  UP(2),
  AVERAGE(3),
  PAETH(4);

  private static final PngFilter[] ALL = values();

  private final int number;

  PngFilter(int number) {
    this.number = number;
  }

  /** The filter of a number; empty where there is no such filter. */
  static Optional<PngFilter> of(byte number) {
    return number >= 0 && number < ALL.length ? Optional.of(ALL[number]) : Optional.empty();
  }

  /** As it stands before a row. */
  byte number() {
    return (byte) number;
  }

  /**
   * The samples of rows.
   *
   * @param filtered each row, after the number of a filter that there is; not changed
   */
  static byte[] undone(Samples.Kind kind, int width, byte[] filtered) {
    int rowBytes = kind.rowBytes(width);
    int height = filtered.length / (1 + rowBytes);
    var rows = new byte[height * rowBytes];
    var above = new byte[rowBytes];
    var row = new byte[rowBytes];
    for (int y = 0; y < height; y++) {
      int from = y * (1 + rowBytes);
      System.arraycopy(filtered, from + 1, row, 0, rowBytes);
      ALL[filtered[from]].undo(row, above, kind.pixelBytes());
      System.arraycopy(row, 0, rows, y * rowBytes, rowBytes);
      var free = above;
      above = row;
      row = free;
    }
    return rows;
  }

  /** Beside the first pixel and above the first row all is 0. */
  private void undo(byte[] row, byte[] above, int pixelBytes) {
    switch (this) {
      case NONE -> {
      }
      case SUB -> {
        for (int at = pixelBytes; at < row.length; at++) {
          row[at] += row[at - pixelBytes];
        }
      }
      case UP -> addAbove(row, above, row.length);
      case AVERAGE -> {
        for (int at = 0; at < row.length; at++) {
          int left = at < pixelBytes ? 0 : row[at - pixelBytes] & 0xFF;
          row[at] += (byte) ((left + (above[at] & 0xFF)) >> 1);
        }
      }
      case PAETH -> {
        addAbove(row, above, Math.min(pixelBytes, row.length)); // Which is nearest there.
        for (int at = pixelBytes; at < row.length; at++) {
          int left = row[at - pixelBytes] & 0xFF;
          row[at] += (byte) nearest(left, above[at] & 0xFF, above[at - pixelBytes] & 0xFF);
        }
      }
    }
  }

  private static void addAbove(byte[] row, byte[] above, int length) {
    for (int at = 0; at < length; at++) {
      row[at] += above[at];
    }
  }

  /**
   * Of three neighbours the one that comes nearest to left and above less between (9.4). Said in this way it is the
   * same (Sean Barrett, stb_image), and takes no branch that could be guessed wrongly.
   */
  static int nearest(int left, int up, int between) {
    int least = Math.min(left, up);
    int most = Math.max(left, up);
    int bound = 3 * between - left - up;
    int expected = most <= bound ? least : between;
    return bound <= least ? most : expected;
  }
}
