package dev.billstep.page;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.jspecify.annotations.Nullable;

/**
 * The packed streams that a page is drawn from. PDFBox unpacks a stream as a whole into memory,
 * however large it becomes, and takes what comes before a damage for all of it: both are found here,
 * before.
 */
final class EncodedStreams {

  /** What one byte of deflated data can become at most (zlib, "Technical details"). */
  static final double DEFLATE_RATIO = 1032;

  private final SplitLimits limits;
  private final Budget budget;
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private final IdentityHashMap<COSStream, Unpacked> known = new IdentityHashMap<>();

  /** One at most: a page's scan is the last that is looked at before it is taken. */
  private final IdentityHashMap<COSStream, DeflatedScan> scans = new IdentityHashMap<>();

  EncodedStreams(SplitLimits limits, Budget budget) {
    this.limits = limits;
    this.budget = budget;
  }

  /**
   * Checks all that a page may draw.
   *
   * @throws PageUndrawable.TooMuchMemory when one of its streams becomes too large
   */
  void check(int number, PDPage page) throws IOException {
    forgetScans();
    Deque<COSBase> open = new ArrayDeque<>();
    add(open, page.getCOSObject().getItem(COSName.CONTENTS));
    if (page.getResources() != null) {
      add(open, page.getResources().getCOSObject());
    }
    for (var annotation : page.getAnnotations()) {
      add(open, annotation.getCOSObject().getItem(COSName.AP));
    }
    while (!open.isEmpty()) {
      var next = open.pop();
      if (seen.add(next)) {
        budget.spend(1);
        if (next instanceof COSStream stream && isTooLarge(stream)) {
          throw new PageUndrawable.TooMuchMemory(number, null);
        }
        addParts(open, next);
      }
    }
  }

  private static void addParts(Deque<COSBase> open, COSBase whole) {
    switch (whole) {
      case COSDictionary dictionary -> dictionary
        .entrySet()
        .stream()
        // These lead to all other pages.
        .filter(
          entry -> !entry.getKey().equals(COSName.PARENT) && !entry.getKey().equals(COSName.P)
        )
        .forEach(entry -> add(open, entry.getValue()));
      case COSArray array -> array.forEach(item -> add(open, item));
      default -> throw new AssertionError("Nothing else has parts");
    }
  }

  private static void add(Deque<COSBase> open, @Nullable COSBase item) {
    var direct = item instanceof COSObject reference ? reference.getObject() : item;
    if (direct instanceof COSDictionary || direct instanceof COSArray) {
      open.push(direct);
    }
  }

  private boolean isTooLarge(COSStream stream) throws IOException {
    int packings = packings(stream.getItem(COSName.FILTER));
    return canBeTooLarge(stream.getLength(), packings) && unpack(stream, packings).isTooLarge();
  }

  /**
   * Whether the data of an inline image becomes too large.
   *
   * @param filter as its dictionary names it
   */
  boolean isTooLarge(byte[] data, @Nullable COSBase filter) throws IOException {
    int packings = packings(filter);
    return (
      canBeTooLarge(data.length, packings) &&
      unpack(new ByteArrayInputStream(data), packings, limits.maxDecodedBytes()).isTooLarge()
    );
  }

  /** Whether a stream unpacks to more than a number of bytes. */
  boolean isLongerThan(long bytes, COSStream stream) throws IOException {
    return unpack(stream, packings(stream.getItem(COSName.FILTER)), bytes).isTooLarge();
  }

  private boolean canBeTooLarge(long length, int packings) {
    return length * Math.pow(DEFLATE_RATIO, packings) > limits.maxDecodedBytes();
  }

  /** Whether a page's own content ends in a damage. */
  boolean isBroken(PDPage page) throws IOException {
    boolean isBroken = false;
    for (Iterator<PDStream> parts = page.getContentStreams(); parts.hasNext(); ) {
      isBroken |= isBroken(parts.next().getCOSObject());
    }
    return isBroken;
  }

  /** Whether a stream's data ends in a damage. */
  boolean isBroken(COSStream stream) throws IOException {
    int packings = packings(stream.getItem(COSName.FILTER));
    return packings > 0 && stream.getLength() > 0 && unpack(stream, packings).isBroken();
  }

  /** Once: a scan is unpacked to look at it in as long as to decode it. */
  private Unpacked unpack(COSStream stream, int packings) throws IOException {
    var before = known.get(stream);
    if (before != null) {
      return before;
    }
    var scan = deflated(stream);
    scan.ifPresent(found -> {
      forgetScans();
      scans.put(stream, found);
    });
    var unpacked = scan.isPresent()
      ? new Unpacked(false, false)
      : unpack(stream, packings, limits.maxDecodedBytes());
    known.put(stream, unpacked);
    return unpacked;
  }

  /**
   * What an image unpacks to, where it is deflated and nothing else. It is let go: where another one was looked at
   * since, it is unpacked again.
   */
  Optional<DeflatedScan> scan(COSStream image) throws IOException {
    var looked = Optional.ofNullable(scans.get(image));
    forgetScans();
    return looked.isPresent() ? looked : deflated(image);
  }

  /** Lets the memory go that a page's images were unpacked into. */
  void forgetScans() {
    scans.clear();
  }

  private Optional<DeflatedScan> deflated(COSStream image) throws IOException {
    return DeflatedScan.of(image, limits.maxDecodedBytes(), budget);
  }

  private Unpacked unpack(COSStream stream, int packings, long most) throws IOException {
    try (var raw = stream.createRawInputStream()) {
      return unpack(raw, packings, most);
    }
  }

  private Unpacked unpack(InputStream raw, int packings, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (var unpacked = inflated(raw, packings)) {
      for (int count = 0; count >= 0; count = unpacked.read(buffer)) {
        budget.spend(1);
        length += count;
        if (length > most) {
          return new Unpacked(true, false);
        }
      }
      return new Unpacked(false, false);
    } catch (ZipException | EOFException broken) {
      return new Unpacked(false, true);
    }
  }

  private static InputStream inflated(InputStream raw, int packings) {
    return packings == 0 ? raw : inflated(new InflaterInputStream(raw), packings - 1);
  }

  /** How often it is deflated, one within the other, before anything else is done to it. */
  private static int packings(@Nullable COSBase filter) {
    if (!(filter instanceof COSArray array)) {
      return isDeflated(filter) ? 1 : 0;
    }
    int packings = 0;
    while (packings < array.size() && isDeflated(array.getObject(packings))) {
      packings++;
    }
    return packings;
  }

  private static boolean isDeflated(@Nullable COSBase filter) {
    return Arrays.asList(COSName.FLATE_DECODE, COSName.FLATE_DECODE_ABBREVIATION).contains(filter);
  }

  /**
   * What unpacking has come to.
   *
   * @param isBroken whether it came to an end that is none
   */
  private record Unpacked(boolean isTooLarge, boolean isBroken) {}
}
