package dev.billstep.page;

import static dev.billstep.page.RawPdf.bytes;
import static dev.billstep.page.RawPdf.deflated;
import static dev.billstep.page.RawPdf.deflatedZeros;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Files that once hung, flooded, filled the memory, or were called what they are not. */
public final class HostileFiles {

  private HostileFiles() {}

  /** All of them, by file name. */
  public static Map<String, Making> all() {
    var all = new LinkedHashMap<String, Making>();
    all.put("jbig2.pdf", HostileFiles::jbig2);
    all.put("jpeg2000.pdf", HostileFiles::jpeg2000Pdf);
    all.put("jpeg2000.jp2", () -> jpeg2000(300, 200));
    all.put("cmyk.jpg", () -> cmykJpeg(false));
    all.put("ycck.jpg", () -> cmykJpeg(true));
    all.put("turned.jpg", () -> turnedJpeg(6));
    all.put("cut-short.jpg", HostileFiles::cutShortJpeg);
    all.put("photo.webp", HostileFiles::webp);
    all.put("photo.heic", HostileFiles::heic);
    all.put("16-bit.png", HostileFiles::png16);
    all.put("16-bit-of-legal-size.png", HostileFiles::hugePng16);
    all.put("fax.tiff", () -> tiff("CCITT T.6"));
    all.put("lzw.tiff", () -> tiff("LZW"));
    all.put("jpeg.tiff", () -> tiff("JPEG"));
    all.put("directory-of-itself.tiff", HostileFiles::tiffLoop);
    all.put("64-bit.tiff", () -> tiff(64, 1));
    all.put("float.tiff", () -> tiff(32, 3));
    all.put("form-draws-itself-twice.pdf", HostileFiles::selfDrawingForm);
    all.put("group-draws-itself-twice.pdf", HostileFiles::selfDrawingGroup);
    all.put("mask-of-itself.pdf", HostileFiles::selfMask);
    all.put("pattern-of-itself.pdf", HostileFiles::selfPattern);
    all.put("glyph-of-itself.pdf", HostileFiles::selfGlyph);
    all.put("box-of-720000000-by-a-tenth.pdf", () -> box("0 0 720000000 0.1"));
    all.put("box-of-720000000-by-720000000.pdf", () -> box("0 0 720000000 720000000"));
    all.put("inline-image-of-4-gib.pdf", HostileFiles::inlineBomb);
    all.put("image-of-4-gib.pdf", HostileFiles::imageBomb);
    all.put("font-of-1-gib.pdf", HostileFiles::fontBomb);
    all.put("contents-of-1-gib.pdf", HostileFiles::contentBomb);
    all.put("jpeg-that-says-65500-by-65500.pdf", HostileFiles::jpegBomb);
    all.put("jbig2-that-says-60000-by-60000.pdf", HostileFiles::jbig2Bomb);
    all.put("a-million-operators.pdf", HostileFiles::manyOperators);
    all.put("fine-dashes.pdf", HostileFiles::fineDashes);
    all.put("mesh-of-many-patches.pdf", HostileFiles::mesh);
    all.put("gradient-by-a-long-program.pdf", HostileFiles::longProgram);
    all.put("one-bad-page-of-three.pdf", HostileFiles::oneBadPage);
    all.put("damaged-image.pdf", HostileFiles::damagedImage);
    all.put("damaged-font.pdf", HostileFiles::damagedFont);
    all.put("damaged-contents.pdf", HostileFiles::damagedContents);
    all.put("protected-by-certificate.pdf", HostileFiles::publicKey);
    all.put("deep-arrays.pdf", HostileFiles::deepArrays);
    all.put("page-tree-of-itself.pdf", HostileFiles::pageTreeLoop);
    all.put("letters-that-stand-for-nothing.pdf", HostileFiles::lettersForNothing);
    return all;
  }

  /** Makes the bytes of one file. */
  @FunctionalInterface
  public interface Making {
    byte[] bytes() throws IOException;
  }

  // Images.

  /** As an office copier writes it: a page, and one region in MMR, which is CCITT T.6. */
  public static byte[] jbig2() {
    int width = 320;
    int height = 240;
    byte[] mmr = fax(height);
    var out = new ByteArrayOutputStream();
    out.writeBytes(jbig2Page(width, height));
    var region = ByteBuffer.allocate(18 + mmr.length);
    region
      .putInt(width)
      .putInt(height)
      .putInt(0)
      .putInt(0)
      .put((byte) 0)
      .put((byte) 1)
      .put(mmr);
    out.writeBytes(jbig2Segment(1, 38, region.array()));
    return new RawPdf()
      .scan(
        "/Width 320/Height 240/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
        out.toByteArray()
      )
      .bytes();
  }

  static byte[] jbig2Bomb() {
    return new RawPdf()
      .scan(
        "/Width 320/Height 240/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
        jbig2Page(60_000, 60_000)
      )
      .bytes();
  }

  private static byte[] jbig2Page(int width, int height) {
    var page = ByteBuffer.allocate(19);
    page.putInt(width).putInt(height);
    return jbig2Segment(0, 48, page.array());
  }

  private static byte[] jbig2Segment(int number, int type, byte[] data) {
    var segment = ByteBuffer.allocate(11 + data.length);
    segment
      .putInt(number)
      .put((byte) type)
      .put((byte) 0)
      .put((byte) 1)
      .putInt(data.length);
    return segment.put(data).array();
  }

  /**
   * Lines that begin with 80 black pixels (ITU-T T.6): the first in runs of no white, 64 and 16
   * black, the others each as the one above.
   */
  private static byte[] fax(int height) {
    var bits = new StringBuilder("001" + "00110101" + "0000001111" + "0000010111" + "1");
    bits
      .append("111".repeat(height - 1))
      .append("000000000001".repeat(2))
      .append("0000000");
    byte[] data = new byte[bits.length() / 8];
    for (int at = 0; at < data.length; at++) {
      data[at] = (byte) Integer.parseInt(bits.substring(8 * at, 8 * at + 8), 2);
    }
    return data;
  }

  static byte[] jpeg2000Pdf() throws IOException {
    return new RawPdf()
      .scan("/Width 300/Height 200/Filter/JPXDecode/ColorSpace/DeviceRGB", jpeg2000(300, 200))
      .bytes();
  }

  public static byte[] jpeg2000(int width, int height) throws IOException {
    return written(
      DocumentFiles.scan(width, height, BufferedImage.TYPE_3BYTE_BGR),
      "jpeg2000",
      "com.github.",
      ""
    );
  }

  /**
   * White, in four inks.
   *
   * @param isYcck whether it is stored as Adobe's programs do
   */
  public static byte[] cmykJpeg(boolean isYcck) throws IOException {
    int side = 64;
    var raster = Raster.createInterleavedRaster(0, side, side, 4, null);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        // No ink, that is: Adobe stores the opposite of CMYK.
        raster.setPixel(x, y, isYcck ? new int[] { 0, 128, 128, 255 } : new int[4]);
      }
    }
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] jpeg = out.toByteArray();
    return isYcck
      ? withSegment(jpeg, 0xEE, new byte[] { 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2 })
      : jpeg;
  }

  /**
   * A lying picture whose upper left corner is dark.
   *
   * @param orientation of Exif, from 1 to 8
   */
  public static byte[] turnedJpeg(int orientation) throws IOException {
    byte[] jpeg = written(
      DocumentFiles.scan(120, 80, BufferedImage.TYPE_3BYTE_BGR),
      "jpeg",
      "com.sun.",
      ""
    );
    var exif = ByteBuffer.allocate(32);
    exif
      .put(bytes("Exif\0\0MM\0*"))
      .putInt(8)
      .putShort((short) 1);
    exif
      .putShort((short) 0x112)
      .putShort((short) 3)
      .putInt(1)
      .putShort((short) orientation);
    return withSegment(jpeg, 0xE1, exif.array());
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    var out = ByteBuffer.allocate(jpeg.length + content.length + 4);
    out
      .put(jpeg, 0, 2)
      .put((byte) 0xFF)
      .put((byte) marker);
    out.putShort((short) (content.length + 2)).put(content);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  public static byte[] cutShortJpeg() throws IOException {
    var noise = DocumentFiles.scan(400, 600, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 600; y++) {
      noise.setRGB((y * 7) % 400, y, 0x808080);
    }
    byte[] jpeg = written(noise, "jpeg", "com.sun.", "");
    return Arrays.copyOf(jpeg, jpeg.length / 2);
  }

  /** One grey pixel, lossy. */
  public static byte[] webp() {
    return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
  }

  public static byte[] heic() {
    return bytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic and so on");
  }

  public static byte[] png16() throws IOException {
    return written(
      DocumentFiles.scan(200, 100, BufferedImage.TYPE_USHORT_GRAY),
      "png",
      "com.sun.",
      ""
    );
  }

  /** 58 million pixels of 64 bits. */
  static byte[] hugePng16() {
    // The bytes of 7,250 rows and more: a mebibyte is no multiple of a row's.
    int width = 8000;
    int height = 7250;
    var out = new ByteArrayOutputStream();
    out.writeBytes(bytes("\u0089PNG\r\n\u001a\n"));
    var header = ByteBuffer.allocate(13);
    header
      .putInt(width)
      .putInt(height)
      .put((byte) 16)
      .put((byte) 6);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflatedZeros(((height * (1L + 8L * width)) / (1 << 20) + 1) << 20));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    var chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(bytes(type)).put(content);
    var crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + content.length);
    out.writeBytes(chunk.putInt((int) crc.getValue()).array());
  }

  /** Two pages, as ImageIO compresses them. */
  public static byte[] tiff(String compression) throws IOException {
    int type = compression.startsWith("CCITT")
      ? BufferedImage.TYPE_BYTE_BINARY
      : BufferedImage.TYPE_BYTE_GRAY;
    var out = new ByteArrayOutputStream();
    var writer = writer("tiff", "com.sun.");
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int page = 0; page < 2; page++) {
        writer.writeToSequence(
          new IIOImage(DocumentFiles.scan(200, 100, type), null, null),
          compressed(writer, compression)
        );
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  static byte[] tiffLoop() {
    return tiff(1, 8, 1, 8); // The next directory is this one.
  }

  /** @param format of samples: 1 whole numbers, 3 floating point */
  static byte[] tiff(int bits, int format) {
    return tiff(3, bits, format, 0);
  }

  private static byte[] tiff(int channels, int bits, int format, int next) {
    var tiff = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
    int side = 8;
    int after = 8 + 2 + 12 * 10 + 4;
    tiff
      .put(bytes("II*\0"))
      .putInt(8)
      .putShort((short) 10);
    entry(tiff, 256, 3, 1, side);
    entry(tiff, 257, 3, 1, side);
    // More than four bytes stand elsewhere: behind the directory.
    tiff.putShort(after, (short) bits);
    tiff.putShort(after + 2, (short) bits);
    tiff.putShort(after + 4, (short) bits);
    entry(tiff, 258, 3, channels, channels == 1 ? bits : after);
    entry(tiff, 259, 3, 1, 1);
    entry(tiff, 262, 3, 1, channels == 1 ? 1 : 2);
    entry(tiff, 273, 4, 1, after + 6);
    entry(tiff, 277, 3, 1, channels);
    entry(tiff, 278, 3, 1, side);
    entry(tiff, 279, 4, 1, (side * side * channels * bits) / 8);
    entry(tiff, 339, 3, 1, format);
    tiff.putInt(next);
    return tiff.array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff
      .putShort((short) tag)
      .putShort((short) type)
      .putInt(count)
      .putInt(value);
  }

  private static byte[] written(
    BufferedImage image,
    String format,
    String vendor,
    String compression
  ) throws IOException {
    ImageFormat.load();
    var out = new ByteArrayOutputStream();
    var writer = writer(format, vendor);
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), compressed(writer, compression));
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static ImageWriter writer(String format, String vendor) {
    var writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      var writer = writers.next();
      if (writer.getClass().getName().startsWith(vendor)) {
        return writer;
      }
    }
    throw new IllegalStateException("There is no writer for " + format);
  }

  private static ImageWriteParam compressed(ImageWriter writer, String compression) {
    var how = writer.getDefaultWriteParam();
    if (!compression.isEmpty()) {
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(compression);
    }
    return how;
  }

  // PDFs.

  static byte[] selfDrawingForm() {
    var pdf = new RawPdf();
    int form = pdf.next();
    var resources = "/XObject<</F %d 0 R>>".formatted(form);
    pdf.stream(
      "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>".formatted(resources),
      "/F Do /F Do"
    );
    return pdf.page(resources, "/F Do").bytes();
  }

  static byte[] selfDrawingGroup() {
    var pdf = new RawPdf();
    int form = pdf.next();
    var resources = "/XObject<</F %d 0 R>>".formatted(form);
    pdf.stream(
      "/Type/XObject/Subtype/Form/Group<</S/Transparency>>/BBox[0 0 200 200]/Resources<<%s>>".formatted(
        resources
      ),
      "/F Do /F Do"
    );
    return pdf.page(resources, "/F Do").bytes();
  }

  static byte[] selfMask() {
    var pdf = new RawPdf();
    int form = pdf.next();
    var resources = "/ExtGState<</G<</SMask<</S/Luminosity/G %d 0 R>>>>>>".formatted(form);
    pdf.stream(
      "/Type/XObject/Subtype/Form/Group<</S/Transparency/CS/DeviceGray>>/BBox[0 0 200 200]/Resources<<%s>>".formatted(
        resources
      ),
      "/G gs 0 0 200 200 re f 0 0 100 100 re f"
    );
    return pdf.page(resources, "/G gs 0 0 200 200 re f").bytes();
  }

  static byte[] selfPattern() {
    var pdf = new RawPdf();
    int pattern = pdf.next();
    var resources = "/Pattern<</P %d 0 R>>".formatted(pattern);
    pdf.stream(
      "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<%s>>".formatted(
        resources
      ),
      "/Pattern cs /P scn 0 0 5 5 re f 2 2 5 5 re f"
    );
    return pdf.page(resources, "/Pattern cs /P scn 0 0 200 200 re f").bytes();
  }

  static byte[] selfGlyph() {
    var pdf = new RawPdf();
    int font = pdf.next();
    var resources = "/Font<</T %d 0 R>>".formatted(font);
    pdf.object(
      "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a %d 0 R>>/Resources<<%s>>>>".formatted(
        font + 1,
        resources
      )
    );
    pdf.stream("", "9 0 d0 BT /T 1 Tf (aa) Tj ET");
    return pdf.page(resources, "BT /T 9 Tf (aa) Tj ET").bytes();
  }

  static byte[] box(String box) {
    return new RawPdf().page(box, "", bytes("0 0 9 9 re f"), "").bytes();
  }

  static byte[] inlineBomb() {
    byte[] twice = deflated(deflatedZeros(4L << 30));
    var content = new ByteArrayOutputStream();
    content.writeBytes(bytes("q 9 0 0 9 0 0 cm BI /W 9 /H 9 /BPC 8 /CS /G /F[/Fl/Fl] ID "));
    content.writeBytes(twice);
    content.writeBytes(bytes("\nEI Q"));
    return new RawPdf().page("0 0 200 200", "", content.toByteArray(), "").bytes();
  }

  static byte[] imageBomb() {
    return new RawPdf()
      .scan(
        "/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter[/FlateDecode/FlateDecode]",
        deflated(deflatedZeros(4L << 30))
      )
      .bytes();
  }

  static byte[] fontBomb() {
    var pdf = new RawPdf();
    int file = pdf.stream("/Filter/FlateDecode/Length1 9", deflatedZeros(1L << 30));
    int descriptor = pdf.object(
      "<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 %d 0 R>>".formatted(file)
    );
    int font = pdf.object(
      "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor %d 0 R>>".formatted(descriptor)
    );
    return pdf.page("/Font<</A %d 0 R>>".formatted(font), "BT /A 9 Tf (a) Tj ET").bytes();
  }

  static byte[] contentBomb() {
    return new RawPdf()
      .page("0 0 200 200", "", deflatedZeros(1L << 30), "/Filter/FlateDecode")
      .bytes();
  }

  static byte[] jpegBomb() throws IOException {
    byte[] jpeg = written(
      DocumentFiles.scan(64, 64, BufferedImage.TYPE_3BYTE_BGR),
      "jpeg",
      "com.sun.",
      ""
    );
    for (int at = 0; at < jpeg.length - 9; at++) {
      if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(jpeg)
          .putShort(at + 5, (short) 65_500)
          .putShort(at + 7, (short) 65_500);
      }
    }
    return new RawPdf()
      .scan("/Width 64/Height 64/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", jpeg)
      .bytes();
  }

  static byte[] manyOperators() {
    return new RawPdf()
      .page(
        "0 0 200 200",
        "",
        deflated(bytes("0 0 1 rg 3 3 150 150 re f ".repeat(1_000_000))),
        "/Filter/FlateDecode"
      )
      .bytes();
  }

  static byte[] fineDashes() {
    return new RawPdf().page("", "[0.000001] 0 d 1 w 0 0 m 200 200 l S").bytes();
  }

  /** A hundred thousand patches over all of the page each. */
  static byte[] mesh() {
    int patches = 100_000;
    var data = ByteBuffer.allocate(patches * (1 + 24 + 12));
    byte[] points = {
      0,
      0,
      0,
      80,
      0,
      -96,
      0,
      -1,
      80,
      -1,
      -96,
      -1,
      -1,
      -1,
      -1,
      -96,
      -1,
      80,
      -1,
      0,
      -96,
      0,
      80,
      0,
    };
    for (int patch = 0; patch < patches; patch++) {
      data
        .put((byte) 0)
        .put(points)
        .put(new byte[12]);
    }
    var pdf = new RawPdf();
    int shading = pdf.stream(
      "/ShadingType 6/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 200 0 200 0 1 0 1 0 1]/Filter/FlateDecode",
      deflated(data.array())
    );
    return pdf.page("/Shading<</S %d 0 R>>".formatted(shading), "/S sh").bytes();
  }

  /** Run for every pixel. */
  static byte[] longProgram() {
    var pdf = new RawPdf();
    int function = pdf.stream(
      "/FunctionType 4/Domain[0 1 0 1]/Range[0 1]",
      "{ add " + "sqrt sin cos ".repeat(10_000) + "}"
    );
    int shading = pdf.object(
      "<</ShadingType 1/ColorSpace/DeviceGray/Matrix[200 0 0 200 0 0]/Function %d 0 R>>".formatted(
        function
      )
    );
    return pdf.page("/Shading<</S %d 0 R>>".formatted(shading), "/S sh").bytes();
  }

  public static byte[] oneBadPage() {
    return new RawPdf()
      .page("", "0 0 50 50 re f")
      .page("0 0 720000000 0.1", "", bytes("0 0 9 9 re f"), "")
      .page("", "0 0 50 50 re f")
      .bytes();
  }

  public static byte[] damagedImage() {
    byte[] data = deflated(new byte[100 * 100]);
    var pdf = new RawPdf();
    int image = pdf.stream(
      "/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
      Arrays.copyOf(data, data.length / 2)
    );
    return pdf
      .page("/XObject<</I %d 0 R>>".formatted(image), "q 99 0 0 99 9 9 cm /I Do Q 0 0 9 9 re f")
      .bytes();
  }

  public static byte[] damagedFont() {
    var pdf = new RawPdf();
    int file = pdf.stream("/Length1 9", "not a font at all");
    int descriptor = pdf.object(
      "<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 %d 0 R>>".formatted(file)
    );
    int font = pdf.object(
      "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor %d 0 R>>".formatted(descriptor)
    );
    return pdf.page("/Font<</A %d 0 R>>".formatted(font), "BT /A 9 Tf (a) Tj ET").bytes();
  }

  public static byte[] damagedContents() {
    byte[] data = deflated(bytes("0 0 9 9 re f ".repeat(20) + "1 0 0 rg 50 50 9 9 re f"));
    return new RawPdf()
      .page("0 0 200 200", "", Arrays.copyOf(data, data.length - 12), "/Filter/FlateDecode")
      .bytes();
  }

  public static byte[] publicKey() {
    var pdf = new RawPdf().page("", "0 0 9 9 re f");
    int encryption = pdf.object(
      "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/R 4/Length 128/CF<</DefaultCryptFilter<</CFM/AESV2/Length 16/Recipients[<3082>]>>>>/StmF/DefaultCryptFilter/StrF/DefaultCryptFilter>>"
    );
    return pdf.trailer("/Encrypt %d 0 R".formatted(encryption)).bytes();
  }

  static byte[] deepArrays() {
    int depth = 100_000;
    var pdf = new RawPdf();
    int deep = pdf.object("[".repeat(depth) + "]".repeat(depth));
    return pdf.page("/Font %d 0 R".formatted(deep), "0 0 9 9 re f").bytes();
  }

  static byte[] pageTreeLoop() {
    return bytes(
      """
      %PDF-1.7
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj
      trailer<</Root 1 0 R/Size 3>>
      """
    );
  }

  /** A bill whose text layer has U+0000 in place of a letter, which no text of PostgreSQL has. */
  static byte[] lettersForNothing() {
    var pdf = new RawPdf();
    int meaning = pdf.stream(
      "",
      """
      /CIDInit /ProcSet findresource begin 12 dict begin begincmap
      1 begincodespacerange <00> <ff> endcodespacerange
      1 beginbfchar <7e> <0000> endbfchar
      endcmap end end
      """
    );
    int font = pdf.object(
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>".formatted(meaning)
    );
    return pdf
      .page(
        "/Font<</F %d 0 R>>".formatted(font),
        "BT /F 12 Tf 20 160 Td (Tax Invoice No~7) Tj 0 -20 Td (Total 118.00 ~) Tj ET"
      )
      .bytes();
  }
}
