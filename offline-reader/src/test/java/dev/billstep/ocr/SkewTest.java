package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SkewTest {

  @Test
  void wordsOfALineStandAtOneHeightOnceThePageIsLevel() {
    var line = new Strip(300, 400, Math.toRadians(2), 900, 30);
    var skew = Skew.of(List.of(line, new Strip(10, 10, 0.4, 20, 30)));
    var first = skew.level(line.part(0, 0.1));
    var last = skew.level(line.part(0.9, 1));
    assertThat(last.y()).isCloseTo(first.y(), within(0.001));
    assertThat(last.x() - first.x()).isCloseTo(810, within(0.001));
  }

  @Test
  void anEmptyPageIsLevel() {
    assertThat(Skew.of(List.of()).radians()).isZero();
  }
}
