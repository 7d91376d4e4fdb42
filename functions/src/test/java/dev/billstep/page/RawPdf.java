package dev.billstep.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** A PDF that is written object by object, as no library would: 1 is the catalogue, 2 the pages. */
public final class RawPdf {

  private final List<byte[]> objects = new ArrayList<>();
  private final List<Integer> pages = new ArrayList<>();
  private String trailer = "";

  public RawPdf() {
    objects.add(new byte[0]);
    objects.add(new byte[0]);
  }

  /** Adds an object and gives its number. */
  public int object(String body) {
    objects.add(bytes(body));
    return objects.size();
  }

  /** Adds a stream and gives its number. */
  public int stream(String dictionary, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(bytes("<<%s /Length %d>>\nstream\n".formatted(dictionary, content.length)));
    out.writeBytes(content);
    out.writeBytes(bytes("\nendstream"));
    objects.add(out.toByteArray());
    return objects.size();
  }

  public int stream(String dictionary, String content) {
    return stream(dictionary, bytes(content));
  }

  /** The number of the object that is added next: something may name itself. */
  public int next() {
    return objects.size() + 1;
  }

  /** Adds a page of 200 × 200 points. */
  public RawPdf page(String resources, String content) {
    return page("0 0 200 200", resources, bytes(content), "");
  }

  public RawPdf page(String box, String resources, byte[] content, String contentDictionary) {
    int stream = stream(contentDictionary, content);
    pages.add(
      object(
        "<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents %d 0 R>>".formatted(
          box,
          resources,
          stream
        )
      )
    );
    return this;
  }

  /** A page with one image that covers it. */
  public RawPdf scan(String imageDictionary, byte[] image) {
    int object = stream("/Type/XObject/Subtype/Image " + imageDictionary, image);
    return page("/XObject<</I %d 0 R>>".formatted(object), "q 200 0 0 200 0 0 cm /I Do Q");
  }

  public RawPdf trailer(String entries) {
    trailer = entries;
    return this;
  }

  public byte[] bytes() {
    objects.set(0, bytes("<</Type/Catalog/Pages 2 0 R>>"));
    var kids = new StringBuilder();
    pages.forEach(page -> kids.append(page).append(" 0 R "));
    objects.set(1, bytes("<</Type/Pages/Count %d/Kids[%s]>>".formatted(pages.size(), kids)));
    var out = new ByteArrayOutputStream();
    out.writeBytes(bytes("%PDF-1.7\n"));
    var table = new StringBuilder(
      "xref\n0 %d\n0000000000 65535 f \n".formatted(objects.size() + 1)
    );
    for (int index = 0; index < objects.size(); index++) {
      table.append("%010d 00000 n \n".formatted(out.size()));
      out.writeBytes(bytes("%d 0 obj\n".formatted(index + 1)));
      out.writeBytes(objects.get(index));
      out.writeBytes(bytes("\nendobj\n"));
    }
    int start = out.size();
    out.writeBytes(bytes(table.toString()));
    out.writeBytes(
      bytes(
        "trailer\n<</Size %d/Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n".formatted(
          objects.size() + 1,
          trailer,
          start
        )
      )
    );
    return out.toByteArray();
  }

  /** Latin-1, as a PDF's own words are. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] deflated(byte[] content) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(content);
    deflater.finish();
    return drained(deflater);
  }

  /**
   * Zeros, a mebibyte at a time: the same packed block again and again, as each begins anew.
   *
   * @param count a multiple of a mebibyte
   */
  public static byte[] deflatedZeros(long count) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[1 << 20]);
    byte[] block = new byte[1 << 16];
    int length = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
    deflater.end();
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] { 0x78, (byte) 0xDA });
    for (long left = count; left > 0; left -= 1 << 20) {
      out.write(block, 0, length);
    }
    // An empty last block, and the checksum of so many zeros (RFC 1950, 9).
    out.writeBytes(new byte[] { 3, 0 });
    int adler = ((int) (count % 65_521) << 16) | 1;
    out.writeBytes(ByteBuffer.allocate(4).putInt(adler).array());
    return out.toByteArray();
  }

  private static byte[] drained(Deflater deflater) {
    byte[] buffer = new byte[1 << 16];
    var out = new ByteArrayOutputStream();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
