package dev.billstep.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * What the header of an image in a PDF says of its own size. The PDF may say otherwise, and a decoder
 * goes by the header.
 *
 * @param width in pixels
 * @param height in pixels
 * @param isCutShort whether its data ends before the image does
 */
record EmbeddedImage(long width, long height, boolean isCutShort) {
  private static final int MARKER = 0xFF;

  /** After the end: copiers pad. */
  private static final int PADDING = 4096;

  /**
   * Looks at an image that has a header.
   *
   * @return empty for one that is plain samples, and for a header that makes no sense
   */
  static Optional<EmbeddedImage> of(COSStream image) throws IOException {
    var stream = new PDStream(image);
    var filters = stream.getFilters();
    if (filters.contains(COSName.DCT_DECODE)) {
      return jpeg(data(stream, COSName.DCT_DECODE));
    }
    if (filters.contains(COSName.JPX_DECODE)) {
      return jpeg2000(data(stream, COSName.JPX_DECODE));
    }
    if (filters.contains(COSName.JBIG2_DECODE)) {
      return jbig2(data(stream, COSName.JBIG2_DECODE));
    }
    return Optional.empty();
  }

  private static ByteBuffer data(PDStream stream, COSName filter) throws IOException {
    try (var in = stream.createInputStream(List.of(filter.getName()))) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  /** By its first frame header (ITU-T T.81, B.2.2). */
  private static Optional<EmbeddedImage> jpeg(ByteBuffer data) {
    int at = 0;
    while (at + 9 < data.limit()) {
      int marker = data.get(at + 1) & 0xFF;
      boolean isMarker = (data.get(at) & 0xFF) == MARKER && marker != MARKER && marker != 0;
      if (isMarker && isFrame(marker)) {
        return Optional.of(
          new EmbeddedImage(unsigned(data, at + 7), unsigned(data, at + 5), !endsAsJpeg(data))
        );
      }
      at += isMarker ? lengthOf(data, at, marker) : 1;
    }
    return Optional.empty();
  }

  private static int lengthOf(ByteBuffer data, int at, int marker) {
    boolean standsAlone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    return standsAlone ? 2 : 2 + unsigned(data, at + 2);
  }

  private static boolean isFrame(int marker) {
    boolean isTable = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    return marker >= 0xC0 && marker <= 0xCF && !isTable;
  }

  private static boolean endsAsJpeg(ByteBuffer data) {
    for (int at = data.limit() - 2; at >= Math.max(0, data.limit() - PADDING); at--) {
      if (unsigned(data, at) == 0xFFD9) {
        return true;
      }
    }
    return false;
  }

  /** By its SIZ marker segment (ITU-T T.800, A.5.1). */
  private static Optional<EmbeddedImage> jpeg2000(ByteBuffer data) {
    for (int at = 0; at + 24 <= data.limit(); at++) {
      if (data.getInt(at) == 0xFF4FFF51) {
        long width = unsignedInt(data, at + 8) - unsignedInt(data, at + 16);
        long height = unsignedInt(data, at + 12) - unsignedInt(data, at + 20);
        return Optional.of(new EmbeddedImage(width, height, false));
      }
    }
    return Optional.empty();
  }

  /** By its page information segment, which comes first (ITU-T T.88, 7.2 and 7.4.8). */
  private static Optional<EmbeddedImage> jbig2(ByteBuffer data) {
    int pageInformation = 48;
    for (int at = 0; at + 19 <= data.limit() && at < 64; at++) {
      if ((data.get(at + 4) & 0x3F) == pageInformation && data.getInt(at + 7) == 19) {
        long height = unsignedInt(data, at + 15);
        // 0xFFFFFFFF: it is not known before the last stripe.
        long known = height == 0xFFFFFFFFL ? 1 : height;
        return Optional.of(new EmbeddedImage(unsignedInt(data, at + 11), known, false));
      }
    }
    return Optional.empty();
  }

  private static int unsigned(ByteBuffer data, int at) {
    return Short.toUnsignedInt(data.getShort(at));
  }

  private static long unsignedInt(ByteBuffer data, int at) {
    return Integer.toUnsignedLong(data.getInt(at));
  }
}
