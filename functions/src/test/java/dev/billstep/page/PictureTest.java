package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is the same, whether it is made with the page or of the page's image afterwards. */
class PictureTest {

  private static final int WIDTH = 203;
  private static final int HEIGHT = 301;
  private static final int MOST_BYTES = 1_000_000;

  @ParameterizedTest
  @EnumSource
  void ofAScannersSamplesItIsTheSameAsOfTheirPng(Samples.Kind kind) throws IOException {
    var rows = new byte[kind.rowBytes(WIDTH) * HEIGHT];
    new Random(1).nextBytes(rows);
    areTheSame(Samples.of(kind, WIDTH, HEIGHT, rows));
  }

  @ParameterizedTest
  @ValueSource(
    ints = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_BYTE_BINARY,
      BufferedImage.TYPE_BYTE_INDEXED,
    }
  )
  void ofWhatIsDrawnItIsTheSameAsOfItsPng(int type) throws IOException {
    areTheSame(new PageBitmap.Image(colourful(type)));
  }

  @ParameterizedTest
  @ValueSource(ints = { BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED })
  void ofAPngThatIsKeptItIsTheSame(int type) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(colourful(type), "png", png);
    var read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    areTheSame(new PageBitmap.Kept(png.toByteArray(), read));
  }

  @Test
  void aPngThatIsSmallEnoughIsThePagesImageItself() {
    var wanted = new Picture(Picture.Format.PNG, HEIGHT, MOST_BYTES);
    var page = new PageBitmap.Image(colourful(BufferedImage.TYPE_INT_RGB)).encoded(List.of(wanted));
    assertThat(page.pictures().get(wanted)).isEqualTo(page.png());
  }

  private static void areTheSame(PageBitmap bitmap) throws IOException {
    for (var format : Picture.Format.values()) {
      var smaller = new Picture(format, 120, MOST_BYTES);
      var whole = new Picture(format, 1_000, MOST_BYTES);
      var page = bitmap.encoded(List.of(whole, smaller));
      assertThat(page.pictures()).containsOnlyKeys(whole, smaller);
      for (var wanted : List.of(whole, smaller)) {
        assertThat(page.pictures().get(wanted))
          .as("%s", wanted)
          .isEqualTo(wanted.of(PageImage.of(1, page.png())));
      }
    }
  }

  private static BufferedImage colourful(int type) {
    var image = new BufferedImage(WIDTH, HEIGHT, type);
    var random = new Random(2);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, random.nextInt(0x1000000));
      }
    }
    return image;
  }
}
