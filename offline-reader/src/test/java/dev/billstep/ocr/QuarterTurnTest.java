package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarterTurnTest {

  /** The strip around a pixel of the turned page comes back to where that pixel was. */
  @ParameterizedTest
  @EnumSource(QuarterTurn.class)
  void whatIsSeenOnATurnedPageIsGivenWhereItLies(QuarterTurn turn) {
    var image = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
    var pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    pixels[1 * 4 + 3] = 77; // x 3, y 1
    var turned = GrayPage.of(image).turned(turn);
    var seen = new float[1];
    for (int y = 0; y < turned.height(); y++) {
      for (int x = 0; x < turned.width(); x++) {
        turned.crop(new Strip(x, y, 0, 1, 1), 1, 1, seen, 0, 1);
        if (seen[0] > -1) {
          assertThat(turn.back(new Strip(x, y, 0, 1, 1), 4, 3)).isEqualTo(new Box(3, 1, 1, 1));
          return;
        }
      }
    }
    throw new AssertionError("the pixel is lost");
  }

  @ParameterizedTest
  @EnumSource(QuarterTurn.class)
  void noBoxReachesBeyondTheImage(QuarterTurn turn) {
    var box = turn.back(new Strip(-5, -5, 0, 500, 500), 40, 30);
    assertThat(box).isEqualTo(new Box(0, 0, 40, 30));
  }
}
