package dev.billstep.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * A scan whose samples are deflated and nothing else, unpacked once: for its pixels, and to see that it is whole. Where
 * the PDF's predictors are a PNG's filters, its data is what a PNG holds, and is taken as it is, unless the scan has
 * fewer colours than it says.
 */
final class DeflatedScan implements PageBitmap {

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - Long.BYTES;

  /** How much is unpacked before the budget is asked again. */
  private static final int STEP = 1 << 20;

  /** With a window of 32 KB, which every reader of PNGs has. */
  private static final byte DEFLATED = 0x78;

  /** Where it takes no more than one part of so many of the samples, little is won by packing them anew. */
  private static final int SMALL_SHARE = 8;

  private final Layout layout;
  private final ByteBuffer packed;
  private final byte[] unpacked;

  private DeflatedScan(Layout layout, ByteBuffer packed, byte[] unpacked) {
    this.layout = layout;
    this.packed = packed;
    this.unpacked = unpacked;
  }

  /**
   * Unpacks an image.
   *
   * @param mostBytes that it may unpack to
   * @return empty where it is anything else, damaged, or not as long as its size tells
   */
  static Optional<DeflatedScan> of(COSStream image, long mostBytes, Budget budget)
    throws IOException {
    var layout = Layout.of(image);
    long length = layout.map(Layout::length).orElse(Long.MAX_VALUE);
    boolean isHeld = length <= Math.min(mostBytes, LARGEST_ARRAY);
    if (!isHeld || length > image.getLength() * EncodedStreams.DEFLATE_RATIO) {
      return Optional.empty();
    }
    try (var raw = image.createRawInputStream()) {
      var packed = raw.readAllBytes();
      return layout.flatMap(found -> unpacked(found, packed, budget));
    }
  }

  private static Optional<DeflatedScan> unpacked(Layout layout, byte[] packed, Budget budget) {
    var unpacked = new byte[Math.toIntExact(layout.length())];
    try (var inflater = new Inflater()) {
      inflater.setInput(packed);
      int length = 0;
      for (int count = 1; count > 0; length += count) {
        budget.spend(1);
        count = inflater.inflate(unpacked, length, Math.min(STEP, unpacked.length - length));
      }
      // What follows the last of them is their sum.
      boolean isWhole = inflater.inflate(new byte[1]) == 0 && inflater.finished();
      return isWhole && length == unpacked.length && layout.areFiltersKnown(unpacked)
        ? Optional.of(
            new DeflatedScan(
              layout,
              ByteBuffer.wrap(packed, 0, Math.toIntExact(inflater.getBytesRead())),
              unpacked
            )
          )
        : Optional.empty();
    } catch (DataFormatException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public long bytes() {
    return (long) unpacked.length + packed.capacity();
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int height() {
    return layout.height();
  }

  @Override
  public EncodedPage encoded(List<Picture> wanted) {
    if (!layout.isFiltered()) {
      return samples(layout.kind(), unpacked).encoded(wanted);
    }
    if (layout.kind() == Samples.Kind.RGB) {
      if (areAllGrey()) {
        return unfiltered(Samples.Kind.GREY, everyThird()).encoded(wanted);
      }
      if (isPng() && wanted.isEmpty()) {
        return EncodedPage.withoutPictures(asItIs()); // No filter needs to be undone.
      }
    }
    var samples = unfiltered(layout.kind(), unpacked);
    return isPng() && samples.kind() == layout.kind()
      ? EncodedPage.of(asItIs(), samples.image(), wanted)
      : samples.encoded(wanted);
  }

  private boolean isPng() {
    return packed.get(0) == DEFLATED && packed.limit() <= unpacked.length / SMALL_SHARE;
  }

  private byte[] asItIs() {
    return Png.of(layout.kind(), layout.width(), layout.height(), packed);
  }

  private Samples unfiltered(Samples.Kind kind, byte[] filtered) {
    return samples(kind, PngFilter.undone(kind, layout.width(), filtered));
  }

  private Samples samples(Samples.Kind kind, byte[] rows) {
    return Samples.of(kind, layout.width(), layout.height(), rows);
  }

  /** Red, green and blue are filtered each by itself in the same way: where they are the same, so is what is left of them. */
  private boolean areAllGrey() {
    int rowBytes = layout.rowBytes();
    for (int row = 0; row < unpacked.length; row += rowBytes) {
      for (int at = row + 1; at < row + rowBytes; at += 3) {
        if (unpacked[at] != unpacked[at + 1] || unpacked[at] != unpacked[at + 2]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Of what is left of the colours, what is left of greys. */
  private byte[] everyThird() {
    int width = layout.width();
    var greys = new byte[layout.height() * (1 + width)];
    int to = 0;
    for (int row = 0; row < unpacked.length; row += layout.rowBytes()) {
      greys[to++] = unpacked[row];
      for (int x = 0; x < width; x++) {
        greys[to++] = unpacked[row + 1 + 3 * x];
      }
    }
    return greys;
  }

  /**
   * How samples lie in what an image unpacks to.
   *
   * @param isFiltered whether a filter's number comes before each row
   */
  private record Layout(Samples.Kind kind, int width, int height, boolean isFiltered) {
    private static final int NONE = 1;

    /** The predictors from this number on are those of a PNG: each row says which. */
    private static final int OF_PNG = 10;

    static Optional<Layout> of(COSStream image) {
      int width = image.getInt(COSName.WIDTH, 0);
      int height = image.getInt(COSName.HEIGHT, 0);
      boolean isDeflated = List.of(COSName.FLATE_DECODE).equals(new PDStream(image).getFilters());
      return isDeflated && width > 0 && height > 0
        ? kind(image).flatMap(kind -> of(kind, width, height, parameters(image)))
        : Optional.empty();
    }

    private static Optional<Samples.Kind> kind(COSStream image) {
      var colours = image.getDictionaryObject(COSName.COLORSPACE);
      int bits = image.getInt(COSName.BITS_PER_COMPONENT, 0);
      if (COSName.DEVICERGB.equals(colours)) {
        return bits == Byte.SIZE ? Optional.of(Samples.Kind.RGB) : Optional.empty();
      }
      return COSName.DEVICEGRAY.equals(colours)
        ? Stream.of(Samples.Kind.BILEVEL, Samples.Kind.GREY)
            .filter(kind -> kind.bits() == bits)
            .findFirst()
        : Optional.empty();
    }

    /** Where there is one filter, they may stand alone, as it may. */
    private static COSDictionary parameters(COSStream image) {
      var filter = image.getDictionaryObject(COSName.FILTER);
      var parameters = image.getDictionaryObject(COSName.DECODE_PARMS);
      boolean areAlone = filter instanceof COSName;
      boolean areListed = filter instanceof COSArray;
      if (areAlone && parameters instanceof COSDictionary found) {
        return found;
      }
      return areListed &&
        parameters instanceof COSArray all &&
        all.size() > 0 &&
        all.getObject(0) instanceof COSDictionary found
        ? found
        : new COSDictionary();
    }

    private static Optional<Layout> of(
      Samples.Kind kind,
      int width,
      int height,
      COSDictionary parameters
    ) {
      int predictor = parameters.getInt(COSName.PREDICTOR, NONE);
      boolean isAsImage =
        parameters.getInt(COSName.COLORS, 1) == kind.channels() &&
        parameters.getInt(COSName.BITS_PER_COMPONENT, Byte.SIZE) == kind.bits() &&
        parameters.getInt(COSName.COLUMNS, 1) == width;
      if (predictor <= NONE) {
        return Optional.of(new Layout(kind, width, height, false));
      }
      return predictor >= OF_PNG && isAsImage
        ? Optional.of(new Layout(kind, width, height, true))
        : Optional.empty();
    }

    int rowBytes() {
      return kind.rowBytes(width) + (isFiltered ? 1 : 0);
    }

    long length() {
      return (long) rowBytes() * height;
    }

    boolean areFiltersKnown(byte[] unpacked) {
      for (int row = 0; isFiltered && row < unpacked.length; row += rowBytes()) {
        if (PngFilter.of(unpacked[row]).isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }
}
