package dev.billstep.page;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A scan that is JBIG2 as many scanners and OCR programs write it: a page of one region that is coded pixel by pixel
 * (ITU-T T.88, 7). All else is left to the decoder that PDFBox takes, which needs a multiple of the time.
 */
record ScannedJbig2(PDImageXObject scan) {
  private static final int PAGE_INFORMATION = 48;
  private static final int END_OF_PAGE = 49;
  private static final int REGION = 38;
  private static final int LOSSLESS_REGION = 39;

  private static final int KIND = 0x3F;

  /** Of a segment's flags: its page has a number of four bytes. */
  private static final int LONG_PAGE = 0x40;

  /** Of a page's flags: it is black before anything is put on it. */
  private static final int BLACK = 4;

  /** By which a region is put on the page: "or", "exclusive or", instead. On a white page they do the same. */
  private static final List<Integer> OPERATORS = List.of(0, 2, 4);

  /** Of a region's flags the only one that may be set: rows that are as those above are said to be. */
  private static final int TYPICAL = 8;

  /** Where the pixels of a context lie that may lie anywhere: beside the others. */
  private static final ByteBuffer NEIGHBOURS = ByteBuffer.wrap(new byte[] {
    3,
    -1,
    -3,
    -1,
    2,
    -2,
    -2,
    -2,
  });

  private static final short END_OF_CODE = (short) 0xFFAC;

  /** Of a scan that is packed as nothing else, and needs no more than its own data. */
  static Optional<ScannedJbig2> of(PDImageXObject scan) {
    var dictionary = scan.getCOSObject();
    boolean isAlone = List.of(COSName.JBIG2_DECODE).equals(new PDStream(dictionary).getFilters());
    return isAlone && dictionary.getDictionaryObject(COSName.DECODE_PARMS) == null
      ? Optional.of(new ScannedJbig2(scan))
      : Optional.empty();
  }

  /**
   * Its samples as PDFBox would give them, eight a byte.
   *
   * @return empty where it is anything else, or damaged: PDFBox may make something of it
   */
  Optional<byte[]> rows() throws IOException {
    try (var raw = scan.getCOSObject().createRawInputStream()) {
      return region(ByteBuffer.wrap(raw.readAllBytes())).map(this::blackAsZero);
    } catch (BufferUnderflowException damaged) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> region(ByteBuffer segments) {
    var page = content(segments, PAGE_INFORMATION);
    if (page.isEmpty() || !isWhitePage(page.get())) {
      return Optional.empty();
    }
    var region = content(segments, REGION, LOSSLESS_REGION);
    boolean isAll =
      !segments.hasRemaining() ||
      (content(segments, END_OF_PAGE).isPresent() && !segments.hasRemaining());
    return isAll ? region.flatMap(this::pixels) : Optional.empty();
  }

  /** Of the next segment, where it is of one of the kinds and refers to no other (7.2). */
  private static Optional<ByteBuffer> content(ByteBuffer segments, Integer... kinds) {
    segments.getInt(); // Its number.
    int flags = segments.get();
    boolean refersToNone = (segments.get() & 0xE0) == 0;
    boolean isLongPage = (flags & LONG_PAGE) != 0;
    segments.position(segments.position() + (isLongPage ? Integer.BYTES : 1));
    int length = segments.getInt();
    if (
      !refersToNone ||
      !List.of(kinds).contains(flags & KIND) ||
      length < 0 ||
      length > segments.remaining()
    ) {
      return Optional.empty();
    }
    var content = segments.slice(segments.position(), length);
    segments.position(segments.position() + length);
    return Optional.of(content);
  }

  /** 7.4.8. */
  private boolean isWhitePage(ByteBuffer page) {
    boolean isAsSaid = isOfItsSize(page);
    page.getLong(); // Its resolution.
    return isAsSaid && (page.get() & BLACK) == 0;
  }

  private boolean isOfItsSize(ByteBuffer content) {
    return content.getInt() == scan.getWidth() && content.getInt() == scan.getHeight();
  }

  /** 7.4.1 and 7.4.6. */
  private Optional<byte[]> pixels(ByteBuffer region) {
    boolean isWholePage = isOfItsSize(region) && region.getLong() == 0;
    int operator = region.get();
    int flags = region.get();
    int isLikeNone = flags & ~TYPICAL;
    var neighbours = region.slice(region.position(), NEIGHBOURS.capacity());
    region.position(region.position() + NEIGHBOURS.capacity());
    boolean isWhole =
      region.remaining() > Short.BYTES &&
      region.getShort(region.limit() - Short.BYTES) == END_OF_CODE;
    boolean isKnown =
      isWholePage &&
      isWhole &&
      isLikeNone == 0 &&
      OPERATORS.contains(operator) &&
      neighbours.equals(NEIGHBOURS);
    return isKnown
      ? Optional.of(
          new ArithmeticRegion(scan.getWidth(), scan.getHeight(), region.slice()).rows(
            flags == TYPICAL
          )
        )
      : Optional.empty();
  }

  /** As PDFs have it, with nothing in the bits after a row's last pixel. */
  private byte[] blackAsZero(byte[] pixels) {
    int rowBytes = Samples.Kind.BILEVEL.rowBytes(scan.getWidth());
    int unused = rowBytes * Byte.SIZE - scan.getWidth();
    for (int at = 0; at < pixels.length; at++) {
      pixels[at] = (byte) ~pixels[at];
    }
    for (int at = rowBytes - 1; at < pixels.length; at += rowBytes) {
      pixels[at] &= (byte) (0xFF << unused);
    }
    return pixels;
  }
}
