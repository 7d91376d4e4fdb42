package dev.billstep.page;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows of greys or colours as a PNG holds them: of each sample, how far it is from what those beside and above let
 * expect (ISO/IEC 15948, clause 9).
 */
final class FilteredRows {

  /** A drawn page takes a fortieth of its samples' bytes, noise a third. */
  private static final int EXPECTED_SHARE = 16;

  private final byte[] rows;
  private final int rowBytes;
  private final int pixelBytes;
  private final int height;

  FilteredRows(Samples samples) {
    this.rows = samples.rows();
    this.rowBytes = samples.kind().rowBytes(samples.width());
    this.pixelBytes = samples.kind().pixelBytes();
    this.height = samples.height();
  }

  /** As a zlib stream. */
  ByteBuffer packed() {
    var deflater = new RunDeflater(rows.length / EXPECTED_SHARE);
    var row = new byte[1 + rowBytes];
    var nothing = new byte[rowBytes];
    var same = new byte[1 + rowBytes];
    same[0] = PngFilter.UP.number();
    for (int y = 0; y < height; y++) {
      if (y > 0 && isAsAbove(y)) {
        deflater.add(same, same.length);
      } else {
        row[0] = PngFilter.PAETH.number();
        if (y == 0) {
          paeth(0, nothing, 0, row);
        } else {
          paeth(y * rowBytes, rows, (y - 1) * rowBytes, row);
        }
        deflater.add(row, row.length);
      }
    }
    return deflater.finished();
  }

  private boolean isAsAbove(int y) {
    int start = y * rowBytes;
    return Arrays.equals(rows, start, start + rowBytes, rows, start - rowBytes, start);
  }

  /** What is left of a row when of each sample its nearest neighbour is taken off. */
  private void paeth(int from, byte[] above, int aboveFrom, byte[] to) {
    for (int at = 0; at < pixelBytes; at++) {
      to[1 + at] = (byte) (rows[from + at] - above[aboveFrom + at]);
    }
    int start = from + pixelBytes;
    int aboveStart = aboveFrom + pixelBytes;
    int length = rowBytes - pixelBytes;
    for (int at = 0; at < length; at++) {
      int left = rows[from + at] & 0xFF;
      int up = above[aboveStart + at] & 0xFF;
      int between = above[aboveFrom + at] & 0xFF;
      to[1 + pixelBytes + at] = (byte) (rows[start + at] - PngFilter.nearest(left, up, between));
    }
  }
}
