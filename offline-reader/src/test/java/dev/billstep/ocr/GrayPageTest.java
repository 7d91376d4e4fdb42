package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrayPageTest {

  private static final float GREY = 128 / 127.5f - 1;

  @ParameterizedTest
  @ValueSource(
    ints = {
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_BYTE_BINARY,
    }
  )
  void blackIsMinusOneAndWhiteIsOne(int type) {
    var image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, Color.BLACK.getRGB());
    image.setRGB(1, 0, Color.WHITE.getRGB());
    assertThat(GrayPage.of(image).scaled(1, 2, 1)).containsExactly(
      new float[] { -1, 1 },
      within(0.01f)
    );
  }

  @Test
  void whatIsTransparentIsPaper() {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    assertThat(GrayPage.of(image).scaled(1, 1, 1)).containsExactly(1);
  }

  @Test
  void aPixelOfASmallerPageIsTheMeanOfThoseThatItCovers() {
    var page = new GrayPage(new byte[] { 0, (byte) 255, (byte) 255, 0, 0, 0, 0, 0 }, 4, 2);
    var half = page.scaled(0.5, 2, 1);
    assertThat(half).containsExactly(new float[] { -0.5f, -0.5f }, within(0.01f));
  }

  @Test
  void thePlaneAroundThePageIsWhite() {
    var page = new GrayPage(new byte[] { (byte) 128 }, 1, 1);
    assertThat(page.scaled(1, 2, 2)).containsExactly(new float[] { GREY, 1, 1, 1 }, within(0.01f));
  }

  @Test
  void aLineThatRunsUpwardsIsCutOutUpright() {
    // Three rows of two: read upwards from the lower left.
    var page = new GrayPage(new byte[] { 10, 20, 30, 40, 50, 60 }, 2, 3);
    var plane = new float[6];
    page.crop(new Strip(0, 0, 0, 2, 3).readUpwards(), 3, 2, plane, 0, 3);
    var expected = new float[6];
    var upright = new int[] { 50, 30, 10, 60, 40, 20 };
    for (int i = 0; i < upright.length; i++) {
      expected[i] = upright[i] / 127.5f - 1;
    }
    assertThat(plane).containsExactly(expected, within(0.001f));
  }
}
