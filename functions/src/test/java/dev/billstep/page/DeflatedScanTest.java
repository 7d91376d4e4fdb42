package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflatedScanTest {

  private static final int WIDTH = 203;
  private static final int HEIGHT = 150;
  private static final int OF_PNG = 15;
  private static final int OF_TIFF = 2;

  /** All of a PNG that is not its data: signature, header, end, and the frames of three chunks. */
  private static final int FRAMES = 8 + 13 + 3 * 12;

  private final PDDocument document = new PDDocument();

  @AfterEach
  void close() throws IOException {
    document.close();
  }

  @ParameterizedTest
  @EnumSource(Samples.Kind.class)
  void aScansPixelsAreThoseThatPdfBoxGives(Samples.Kind kind) throws IOException {
    var scan = scan(kind, deflated(rows(kind), Deflater.BEST_SPEED));
    assertThat(samples(png(scan))).isEqualTo(unpackedByPdfBox(scan));
  }

  @ParameterizedTest
  @EnumSource(Samples.Kind.class)
  void aFilteredScansPixelsAreThoseThatPdfBoxGives(Samples.Kind kind) throws IOException {
    var filtered = someFiltered(kind);
    var packedWell = predicted(kind, OF_PNG, deflated(filtered, Deflater.BEST_COMPRESSION));
    var notPacked = predicted(kind, OF_PNG, deflated(filtered, Deflater.NO_COMPRESSION));
    assertThat(samples(png(packedWell))).isEqualTo(unpackedByPdfBox(packedWell));
    assertThat(samples(png(notPacked))).isEqualTo(unpackedByPdfBox(notPacked));
  }

  @ParameterizedTest
  @EnumSource(value = Samples.Kind.class, names = { "GREY", "RGB" })
  void whatIsAPngsDataAlreadyIsTakenAsItIs(Samples.Kind kind) throws IOException {
    var flat = new byte[HEIGHT * (1 + kind.rowBytes(WIDTH))];
    flat[1] = 100; // A pixel that is neither black nor white, nor grey where there are colours.
    byte[] packed = deflated(flat, Deflater.BEST_COMPRESSION);
    var png = png(predicted(kind, OF_PNG, packed));
    assertThat(png).hasSize(FRAMES + packed.length);
    assertThat(Arrays.copyOfRange(png, 41, 41 + packed.length)).isEqualTo(packed);
  }

  @ParameterizedTest
  @EnumSource(Samples.Kind.class)
  void aPictureIsTheSameAsOneOfItsPng(Samples.Kind kind) throws IOException {
    var filtered = someFiltered(kind);
    var wanted = new Picture(Picture.Format.JPEG, 120, 1_000_000);
    for (var scan : List.of(
      scan(kind, deflated(rows(kind), Deflater.BEST_SPEED)),
      predicted(kind, OF_PNG, deflated(filtered, Deflater.BEST_COMPRESSION)),
      predicted(kind, OF_PNG, deflated(filtered, Deflater.NO_COMPRESSION))
    )) {
      var page = found(scan).orElseThrow().encoded(List.of(wanted));
      assertThat(page.png()).isEqualTo(png(scan));
      assertThat(page.pictures().get(wanted)).isEqualTo(wanted.of(PageImage.of(1, page.png())));
    }
  }

  @Test
  void whatFollowsTheDataIsNoneOfThePngs() throws IOException {
    var packed = deflated(someFiltered(Samples.Kind.RGB), Deflater.BEST_COMPRESSION);
    var padded = Arrays.copyOf(packed, packed.length + 100);
    assertThat(png(predicted(Samples.Kind.RGB, OF_PNG, padded))).isEqualTo(
      png(predicted(Samples.Kind.RGB, OF_PNG, packed))
    );
  }

  @Test
  void whatIsPackedBadlyIsPackedAnew() throws IOException {
    var filtered = new byte[HEIGHT * (1 + Samples.Kind.RGB.rowBytes(WIDTH))];
    filtered[1] = 100;
    var packed = deflated(filtered, Deflater.NO_COMPRESSION);
    assertThat(png(predicted(Samples.Kind.RGB, OF_PNG, packed)).length).isLessThan(
      packed.length / 10
    );
  }

  @ParameterizedTest
  @ValueSource(booleans = { false, true })
  void aGreyScanInColoursBecomesGrey(boolean isFiltered) throws IOException {
    var kind = Samples.Kind.RGB;
    var rows = rows(kind);
    for (int at = 0; at < rows.length; at++) {
      rows[at] = rows[at - (at % 3)];
    }
    var scan = isFiltered
      ? predicted(kind, OF_PNG, deflated(filtered(kind, rows), Deflater.BEST_COMPRESSION))
      : scan(kind, deflated(rows, Deflater.BEST_COMPRESSION));
    var image = decoded(png(scan));
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(samples(png(scan))).isEqualTo(Samples.of(kind, WIDTH, HEIGHT, rows).rows());
  }

  @ParameterizedTest
  @CsvSource({ "GREY, false", "GREY, true", "RGB, false", "RGB, true" })
  void aScanOfBlackAndWhiteTakesABitAPixel(Samples.Kind kind, boolean isFiltered)
    throws IOException {
    var rows = rows(kind);
    for (int at = 0; at < rows.length; at++) {
      rows[at] = (byte) (rows[at - (at % kind.channels())] < 0 ? 255 : 0);
    }
    var scan = isFiltered
      ? predicted(kind, OF_PNG, deflated(filtered(kind, rows), Deflater.BEST_COMPRESSION))
      : scan(kind, deflated(rows, Deflater.BEST_COMPRESSION));
    assertThat(decoded(png(scan)).getColorModel().getPixelSize()).isEqualTo(1);
    assertThat(samples(png(scan))).isEqualTo(Samples.of(kind, WIDTH, HEIGHT, rows).rows());
  }

  @Test
  void parametersInAListAreThoseOfAFilterInAList() throws IOException {
    var scan = predicted(
      Samples.Kind.GREY,
      OF_PNG,
      deflated(someFiltered(Samples.Kind.GREY), Deflater.BEST_SPEED)
    );
    var dictionary = scan.getCOSObject();
    for (var key : new COSName[] { COSName.FILTER, COSName.DECODE_PARMS }) {
      var list = new COSArray();
      list.add(dictionary.getDictionaryObject(key));
      dictionary.setItem(key, list);
    }
    assertThat(samples(png(scan))).isEqualTo(unpackedByPdfBox(scan));
  }

  @Test
  void whatIsDamagedIsLeftToPdfBox() throws IOException {
    var packed = deflated(rows(Samples.Kind.RGB), Deflater.BEST_SPEED);
    var changed = packed.clone();
    changed[packed.length - 1]++; // Of the sum of all of them.
    assertThat(found(scan(Samples.Kind.RGB, changed))).isEmpty();
    var cutShort = Arrays.copyOf(packed, packed.length / 2);
    assertThat(found(scan(Samples.Kind.RGB, cutShort))).isEmpty();
  }

  @Test
  void whatIsNotAsLongAsItsSizeTellsIsLeftToPdfBox() throws IOException {
    var rows = rows(Samples.Kind.GREY);
    var longer = deflated(Arrays.copyOf(rows, rows.length + 1), Deflater.BEST_SPEED);
    var shorter = deflated(Arrays.copyOf(rows, rows.length - 1), Deflater.BEST_SPEED);
    assertThat(found(scan(Samples.Kind.GREY, longer))).isEmpty();
    assertThat(found(scan(Samples.Kind.GREY, shorter))).isEmpty();
  }

  @Test
  void aFilterThatThereIsNotIsLeftToPdfBox() throws IOException {
    var filtered = someFiltered(Samples.Kind.GREY);
    filtered[0] = 5;
    var scan = predicted(Samples.Kind.GREY, OF_PNG, deflated(filtered, Deflater.BEST_SPEED));
    assertThat(found(scan)).isEmpty();
  }

  @Test
  void otherPredictorsAreLeftToPdfBox() throws IOException {
    var packed = deflated(rows(Samples.Kind.GREY), Deflater.BEST_SPEED);
    assertThat(found(predicted(Samples.Kind.GREY, OF_TIFF, packed))).isEmpty();
    var ofOtherRows = predicted(
      Samples.Kind.GREY,
      OF_PNG,
      deflated(someFiltered(Samples.Kind.GREY), Deflater.BEST_SPEED)
    );
    ((COSDictionary) ofOtherRows.getCOSObject().getDictionaryObject(COSName.DECODE_PARMS)).setInt(
      COSName.COLUMNS,
      WIDTH - 1
    );
    assertThat(found(ofOtherRows)).isEmpty();
  }

  /** Nothing is unpacked, and no memory taken, of a size that its data can't have. */
  @Test
  void aSizeThatItsDataCantHaveIsLeftToPdfBox() throws IOException {
    var scan = scan(Samples.Kind.GREY, deflated(new byte[10], Deflater.BEST_SPEED));
    scan.setWidth(40_000);
    scan.setHeight(40_000);
    assertThat(found(scan)).isEmpty();
  }

  private PDImageXObject scan(Samples.Kind kind, byte[] packed) throws IOException {
    return new PDImageXObject(
      document,
      new ByteArrayInputStream(packed),
      COSName.FLATE_DECODE,
      WIDTH,
      HEIGHT,
      kind.bits(),
      kind == Samples.Kind.RGB ? PDDeviceRGB.INSTANCE : PDDeviceGray.INSTANCE
    );
  }

  private PDImageXObject predicted(Samples.Kind kind, int predictor, byte[] packed)
    throws IOException {
    var scan = scan(kind, packed);
    var parameters = new COSDictionary();
    parameters.setInt(COSName.PREDICTOR, predictor);
    parameters.setInt(COSName.COLORS, kind.channels());
    parameters.setInt(COSName.BITS_PER_COMPONENT, kind.bits());
    parameters.setInt(COSName.COLUMNS, WIDTH);
    scan.getCOSObject().setItem(COSName.DECODE_PARMS, parameters);
    return scan;
  }

  private static Optional<DeflatedScan> found(PDImageXObject scan) throws IOException {
    return DeflatedScan.of(scan.getCOSObject(), Integer.MAX_VALUE, new Budget());
  }

  private static byte[] png(PDImageXObject scan) throws IOException {
    return found(scan).orElseThrow().encoded(List.of()).png();
  }

  private static byte[] deflated(byte[] bytes, int level) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed, new Deflater(level))) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Smooth, with edges. */
  private static byte[] rows(Samples.Kind kind) {
    int rowBytes = kind.rowBytes(WIDTH);
    var rows = new byte[rowBytes * HEIGHT];
    for (int at = 0; at < rows.length; at++) {
      int x = at % rowBytes;
      int y = at / rowBytes;
      rows[at] = (byte) (x / 20 + (y / 30) * (1 + (x % 3)) + (x % 41 == 0 ? 120 : 0));
    }
    return rows;
  }

  /** By all five filters in turn, whatever their samples are then: most are 0. */
  private static byte[] someFiltered(Samples.Kind kind) {
    int rowBytes = 1 + kind.rowBytes(WIDTH);
    var rows = new byte[rowBytes * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      rows[y * rowBytes] = (byte) (y % 5);
      rows[y * rowBytes + 1 + ((7 * y) % (rowBytes - 1))] = (byte) (y * y);
      rows[y * rowBytes + 1 + ((11 * y) % (rowBytes - 1))] = (byte) (255 - y);
    }
    return rows;
  }

  /** By the second and the third filter in turn. */
  private static byte[] filtered(Samples.Kind kind, byte[] rows) {
    int rowBytes = kind.rowBytes(WIDTH);
    var filtered = new byte[HEIGHT * (1 + rowBytes)];
    for (int y = 0; y < HEIGHT; y++) {
      int to = y * (1 + rowBytes);
      boolean isUp = y % 2 == 1;
      filtered[to] = (byte) (isUp ? 2 : 1);
      for (int x = 0; x < rowBytes; x++) {
        int at = y * rowBytes + x;
        int left = x < kind.channels() ? 0 : rows[at - kind.channels()];
        filtered[to + 1 + x] = (byte) (rows[at] - (isUp ? rows[at - rowBytes] : left));
      }
    }
    return filtered;
  }

  private static BufferedImage decoded(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static byte[] samples(byte[] png) throws IOException {
    return Samples.of(decoded(png)).rows();
  }

  /** In no more colours than it has, with nothing in the bits after a row's last pixel. */
  private static byte[] unpackedByPdfBox(PDImageXObject scan) throws IOException {
    boolean isRgb = scan.getColorSpace() == PDDeviceRGB.INSTANCE;
    try (var in = scan.createInputStream()) {
      var rows = in.readAllBytes();
      if (scan.getBitsPerComponent() == 1) {
        int rowBytes = Samples.Kind.BILEVEL.rowBytes(WIDTH);
        for (int at = rowBytes - 1; at < rows.length; at += rowBytes) {
          rows[at] &= (byte) (0xFF << (rowBytes * Byte.SIZE - WIDTH));
        }
        return rows;
      }
      return Samples.of(isRgb ? Samples.Kind.RGB : Samples.Kind.GREY, WIDTH, HEIGHT, rows).rows();
    }
  }
}
