package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannedJbig2Test {

  private static final int WIDTH = 203;
  private static final int HEIGHT = 150;

  /** Where the second segment begins, and what comes before its content. */
  private static final int REGION = 30;

  private static final int HEADER = 11;

  private final PDDocument document = new PDDocument();

  @BeforeEach
  void load() {
    ImageFormat.load();
  }

  @AfterEach
  void close() throws IOException {
    document.close();
  }

  @ParameterizedTest
  @CsvSource({ "203, false", "203, true", "208, false", "208, true", "5, false", "5, true" })
  void aScansPixelsAreThoseThatPdfBoxGives(int width, boolean isTypical) throws IOException {
    for (int onePixelOf : new int[] { 2, 40, 5000, Integer.MAX_VALUE }) {
      var image = grained(width, onePixelOf);
      var scan = scan(image, Jbig2Page.of(image, isTypical));
      assertThat(rows(scan)).hasValueSatisfying(rows ->
        assertThat(rows).isEqualTo(unpackedByPdfBox(scan))
      );
    }
  }

  @Test
  void aScansPixelsAreThoseOnTheGlass() throws IOException {
    var image = grained(WIDTH, 40);
    var samples = Samples.of(image);
    assertThat(rows(scan(image, Jbig2Page.of(image)))).hasValue(samples.rows());
  }

  @ParameterizedTest
  @CsvSource({
    "27, 4, of a page that is black",
    "4, 50, not of a page",
    "5, 32, of a page that refers to another segment",
    "34, 6, of text",
    "56, 1, of a region that is not at the page's top",
    "57, 1, of a region that leaves nothing on white",
    "58, 1, packed as a facsimile",
    "58, 2, of another template",
    "59, 4, of pixels that lie further away",
  })
  void whatIsPackedInAnotherWayIsLeftToPdfBox(int at, byte changed, String is) throws IOException {
    var image = grained(WIDTH, 40);
    var packed = Jbig2Page.of(image);
    packed[at] = changed;
    assertThat(rows(scan(image, packed)))
      .as(is)
      .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = { 10, REGION, REGION + HEADER + 5 })
  void whatIsCutShortIsLeftToPdfBox(int length) throws IOException {
    var image = grained(WIDTH, 40);
    assertThat(rows(scan(image, Arrays.copyOf(Jbig2Page.of(image), length)))).isEmpty();
  }

  @Test
  void aCodeWithoutAnEndIsLeftToPdfBox() throws IOException {
    var image = grained(WIDTH, 40);
    var packed = Jbig2Page.of(image);
    packed[packed.length - 1] = 0;
    assertThat(rows(scan(image, packed))).isEmpty();
  }

  @Test
  void aSecondRegionIsLeftToPdfBox() throws IOException {
    var image = grained(WIDTH, 40);
    var packed = Jbig2Page.of(image);
    var twice = new ByteArrayOutputStream();
    twice.writeBytes(packed);
    twice.write(packed, REGION, packed.length - REGION);
    assertThat(rows(scan(image, twice.toByteArray()))).isEmpty();
  }

  @Test
  void anEndOfThePageEndsIt() throws IOException {
    var image = grained(WIDTH, 40);
    var packed = new ByteArrayOutputStream();
    packed.writeBytes(Jbig2Page.of(image));
    packed.writeBytes(new byte[] { 0, 0, 0, 2, 49, 0, 1, 0, 0, 0, 0 });
    assertThat(rows(scan(image, packed.toByteArray()))).hasValue(Samples.of(image).rows());
  }

  @Test
  void whatIsOfAnotherSizeThanThePdfSaysIsLeftToPdfBox() throws IOException {
    var image = grained(WIDTH, 40);
    var scan = scan(image, Jbig2Page.of(image));
    scan.setWidth(WIDTH - 1);
    assertThat(rows(scan)).isEmpty();
  }

  @Test
  void whatNeedsMoreThanItsOwnDataIsLeftToPdfBox() throws IOException {
    var image = grained(WIDTH, 40);
    var scan = scan(image, Jbig2Page.of(image));
    scan.getCOSObject().setItem(COSName.DECODE_PARMS, new COSDictionary());
    assertThat(ScannedJbig2.of(scan)).isEmpty();
  }

  private static Optional<byte[]> rows(PDImageXObject scan) throws IOException {
    return ScannedJbig2.of(scan).orElseThrow().rows();
  }

  private static byte[] unpackedByPdfBox(PDImageXObject scan) {
    try (var in = scan.createInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PDImageXObject scan(BufferedImage image, byte[] packed) throws IOException {
    return new PDImageXObject(
      document,
      new ByteArrayInputStream(packed),
      COSName.JBIG2_DECODE,
      image.getWidth(),
      image.getHeight(),
      1,
      PDDeviceGray.INSTANCE
    );
  }

  /** Bars on white, with rows that are as those above, and some pixels that are not as those beside them. */
  private static BufferedImage grained(int width, int onePixelOf) {
    var image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, HEIGHT);
    graphics.setColor(Color.BLACK);
    for (int bar = 0; bar < 4; bar++) {
      graphics.fillRect(bar * 50, 30 + bar, 9 + bar, 60);
    }
    graphics.dispose();
    var random = new Random(5);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < width; x++) {
        if (random.nextInt(onePixelOf) == 0) {
          image.setRGB(x, y, ~image.getRGB(x, y));
        }
      }
    }
    return image;
  }
}
