package dev.billstep.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DegradationTest {

  @ParameterizedTest
  @EnumSource
  void theSamePageIsWornInTheSameWayEachTime(Degradation degradation) throws IOException {
    var first = degradation.worn(page(), 1);
    assertThat(degradation.worn(page(), 1)).isEqualTo(first);
  }

  @Test
  void aThumbnailHasHalfOfThePixelsInEachDirection() throws IOException {
    var worn = ImageIO.read(new ByteArrayInputStream(Degradation.TINY.worn(page(), 1)));
    assertThat(worn.getWidth()).isEqualTo(100);
    assertThat(worn.getHeight()).isEqualTo(150);
  }

  private static byte[] page() throws IOException {
    var image = new BufferedImage(200, 300, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 200, 300);
    graphics.setColor(Color.BLACK);
    graphics.drawString("Invoice No. 17", 20, 40);
    graphics.dispose();
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
