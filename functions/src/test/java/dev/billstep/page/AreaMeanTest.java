package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.AreaAveragingScaleFilter;
import java.awt.image.BufferedImage;
import java.awt.image.FilteredImageSource;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelGrabber;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AreaMeanTest {

  @Test
  void aPixelIsTheMeanOfThoseThatItStandsFor() {
    var image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 4, 2, new int[] { 0, 100, 10, 20, 100, 200, 30, 40 });
    assertThat(samples(AreaMean.of(image, 2, 1))).containsExactly(100, 25);
  }

  @Test
  void aPixelThatLiesInTwoCountsForEachByItsShare() {
    var image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 3, new int[] { 0, 90, 0, 90, 180, 90, 0, 90, 0 });
    // (0 + 90 / 2 + 90 / 2 + 180 / 4) / (9 / 4), and the same from each side
    assertThat(samples(AreaMean.of(image, 2, 2))).containsExactly(60, 60, 60, 60);
  }

  @Test
  void coloursAreThoseOfTheJdksOwnFilter() throws InterruptedException {
    var image = new BufferedImage(137, 93, BufferedImage.TYPE_3BYTE_BGR);
    var random = new Random(7);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    var smaller = AreaMean.of(image, 61, 40);
    var wanted = byTheJdk(image, 61, 40);
    assertThat(smaller.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    for (int index = 0; index < wanted.length; index++) {
      var is = new Color(smaller.getRGB(index % 61, index / 61));
      var should = new Color(wanted[index]);
      assertThat(is.getRed()).isCloseTo(should.getRed(), within());
      assertThat(is.getGreen()).isCloseTo(should.getGreen(), within());
      assertThat(is.getBlue()).isCloseTo(should.getBlue(), within());
    }
  }

  @Test
  void aPaletteOfGreysGivesGreys() {
    byte[] levels = { 0, (byte) 200 };
    var image = new BufferedImage(
      2,
      1,
      BufferedImage.TYPE_BYTE_BINARY,
      new IndexColorModel(1, 2, levels, levels, levels)
    );
    image.getRaster().setSample(1, 0, 0, 1);
    var smaller = AreaMean.of(image, 1, 1);
    assertThat(smaller.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(samples(smaller)).containsExactly(100);
  }

  @Test
  void whatIsTransparentIsSeenOnWhite() {
    var smaller = AreaMean.of(new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB), 2, 2);
    assertThat(samples(smaller)).containsOnly(255);
  }

  private static Offset<Integer> within() {
    return Offset.offset(1); // It rounds down.
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }

  private static int[] byTheJdk(BufferedImage image, int width, int height)
    throws InterruptedException {
    var pixels = new int[width * height];
    var means = new FilteredImageSource(
      image.getSource(),
      new AreaAveragingScaleFilter(width, height)
    );
    assertThat(
      new PixelGrabber(means, 0, 0, width, height, pixels, 0, width).grabPixels()
    ).isTrue();
    return pixels;
  }
}
