package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StripTest {

  private static final double EXACT = 1e-9;

  @Test
  void aPartBeginsWhereItsShareOfTheTextBegins() {
    var falling = new Strip(100, 50, Math.atan2(3, 4), 50, 10);
    var part = falling.part(0.2, 0.6);
    assertThat(part.x()).isCloseTo(108, within(EXACT));
    assertThat(part.y()).isCloseTo(56, within(EXACT));
    assertThat(part.length()).isCloseTo(20, within(EXACT));
  }

  @Test
  void aStripReadUpwardsBeginsAtItsLowerLeft() {
    var standing = new Strip(10, 20, 0, 8, 60).readUpwards();
    assertThat(standing.at(0, 0)).isEqualTo(new Strip.Point(10, 80));
    assertThat(standing.at(60, 0).y()).isCloseTo(20, within(EXACT));
    assertThat(standing.at(0, 8).x()).isCloseTo(18, within(EXACT));
  }

  @Test
  void aStripThatGrowsKeepsItsMiddle() {
    var strip = new Strip(10, 20, 0.3, 40, 12);
    var grown = strip.grown(5);
    assertThat(grown.middle().x()).isCloseTo(strip.middle().x(), within(EXACT));
    assertThat(grown.middle().y()).isCloseTo(strip.middle().y(), within(EXACT));
    assertThat(grown.height()).isEqualTo(22);
  }
}
