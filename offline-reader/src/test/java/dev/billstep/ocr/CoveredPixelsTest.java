package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveredPixelsTest {

  @ParameterizedTest
  @CsvSource({ "1760, 0.5636", "7, 0.3", "5, 2.4", "1, 0.1", "300, 2.453" })
  void everyPixelIsAMeanOfPixelsThatThereAre(int size, double scale) {
    var covered = CoveredPixels.of(size, scale);
    for (int i = 0; i < covered.count(); i++) {
      float sum = 0;
      for (int k = 0; k < covered.covered(i); k++) {
        assertThat(covered.first(i) + k).isLessThan(size);
        sum += covered.weight(i, k);
      }
      assertThat(sum).isCloseTo(1, within(1e-4f));
    }
  }
}
