package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PngTest {

  private static final int WIDTH = 203;
  private static final int HEIGHT = 150;

  @ParameterizedTest
  @CsvSource({ "0, 0xFFFFFF", "100, 0xFFFFFF", "20, 0x0F0F0F", "1, 0x0F0F0F" })
  void whatIsDrawnIsTheSameAfterwards(int onePixelOf, int colours) throws IOException {
    var image = drawn(onePixelOf, colours);
    var back = decoded(new PageBitmap.Image(image).encoded(List.of()).png());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(shown(back, x, y)).isEqualTo(image.getRGB(x, y));
      }
    }
  }

  @Test
  void aPageOfBlackAndWhiteTakesABitAPixel() throws IOException {
    var scan = DocumentFiles.scan(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var back = decoded(new PageBitmap.Image(scan).encoded(List.of()).png());
    assertThat(back.getColorModel().getPixelSize()).isEqualTo(1);
    assertThat(back.getRGB(0, 0)).isEqualTo(0xFF000000);
    assertThat(back.getRGB(WIDTH - 1, HEIGHT - 1)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void aGreyPageIsGreyWhateverItWasDrawnIn() throws IOException {
    var back = decoded(new PageBitmap.Image(drawn(1, 0x0F0F0F)).encoded(List.of()).png());
    assertThat(back.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
  }

  @ParameterizedTest
  @EnumSource(value = Samples.Kind.class, names = { "GREY", "RGB" })
  void runsOfEveryLengthAreTheSameAfterwards(Samples.Kind kind) throws IOException {
    int width = 701;
    int height = 400;
    var rows = new byte[kind.rowBytes(width) * height];
    var random = new Random(2);
    for (int at = 0; at < rows.length; ) {
      int end = Math.min(rows.length, at + 1 + random.nextInt(random.nextBoolean() ? 12 : 900));
      Arrays.fill(rows, at, end, (byte) random.nextInt(256));
      at = end;
    }
    assertThat(
      rows(decoded(Samples.of(kind, width, height, rows.clone()).encoded(List.of()).png()))
    ).isEqualTo(rows);
  }

  /** More bytes than one block has, and some that come so seldom that their codes would be too long. */
  @Test
  void bytesThatComeVerySeldomAreTheSameAfterwards() throws IOException {
    int width = 1000;
    int height = 400;
    var rows = new byte[width * height];
    var random = new Random(3);
    for (int at = 0; at < rows.length; at++) {
      int doublings = Integer.numberOfTrailingZeros(random.nextInt() | (1 << 30));
      rows[at] = (byte) (at % 2 == 0 ? 10 * doublings : 255 - 10 * doublings);
    }
    var png = Samples.of(Samples.Kind.GREY, width, height, rows.clone()).encoded(List.of()).png();
    assertThat(rows(decoded(png))).isEqualTo(rows);
  }

  @Test
  void whatComesSeldomTakesAtMostFifteenBits() {
    var frequencies = new int[286];
    int next = 1;
    int after = 1;
    for (int symbol = 0; symbol < 40; symbol++) {
      frequencies[symbol] = next;
      int sum = next + after;
      next = after;
      after = sum;
    }
    var code = HuffmanCode.of(frequencies);
    double kraft = 0;
    for (int symbol = 0; symbol < 40; symbol++) {
      assertThat(code.length(symbol)).isBetween(1, 15);
      kraft += Math.scalb(1.0, -code.length(symbol));
    }
    assertThat(kraft).isEqualTo(1);
  }

  private static byte[] rows(BufferedImage image) {
    int bands = image.getRaster().getNumBands();
    var row = new int[image.getWidth() * bands];
    var rows = new byte[row.length * image.getHeight()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, image.getWidth(), 1, row);
      for (int at = 0; at < row.length; at++) {
        rows[y * row.length + at] = (byte) row[at];
      }
    }
    return rows;
  }

  /** Greys where the mask of colours has the same bits for each, else colours. */
  private static BufferedImage drawn(int onePixelOf, int colours) {
    var random = new Random(1); // Seeded: a failure comes again.
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean isInk = onePixelOf > 0 && random.nextInt(onePixelOf) == 0;
        int grey = random.nextInt(256) * 0x010101;
        int ink = colours == 0xFFFFFF ? random.nextInt(1 << 24) : grey;
        image.setRGB(x, y, isInk ? ink : 0xFFFFFF);
      }
    }
    return image;
  }

  /** Java takes greys for linear ones, and shows them lighter. */
  private static int shown(BufferedImage image, int x, int y) {
    return image.getType() == BufferedImage.TYPE_BYTE_GRAY
      ? 0xFF000000 | (image.getRaster().getSample(x, y, 0) * 0x010101)
      : image.getRGB(x, y);
  }

  private static BufferedImage decoded(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
