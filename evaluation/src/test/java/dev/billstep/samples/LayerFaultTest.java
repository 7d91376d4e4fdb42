package dev.billstep.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerFaultTest {

  private static final List<Word> LAYER = List.of(
    new Word("Rate", 0, 100, 40, 20),
    new Word("118.00", 50, 100, 60, 20),
    new Word("₹1,23,600.00", 50, 140, 90, 20),
    new Word("1,800.00", 50, 180, 80, 20)
  );

  @Test
  void aShiftedLayerStandsALineAbove() {
    assertThat(LayerFault.SHIFTED.in(LAYER))
      .extracting(Word::y)
      .containsExactly(80.0, 80.0, 120.0, 160.0);
  }

  @Test
  void aGarbledLayerSaysNothing() {
    assertThat(LayerFault.GARBLED.in(LAYER)).extracting(Word::text).startsWith("Sbuf", "229.11");
  }

  @Test
  void anAlteredTotalIsTheLargestAmountWithAnotherDigit() {
    assertThat(LayerFault.ALTERED_TOTAL.in(LAYER))
      .extracting(Word::text)
      .containsExactly("Rate", "118.00", "₹7,23,600.00", "1,800.00");
  }

  @Test
  void anAmountInRupeesIsAnAmount() {
    var layer = List.of(new Word("Rs.118.00", 0, 0, 60, 20), new Word("95.00", 0, 40, 60, 20));
    assertThat(LayerFault.ALTERED_TOTAL.in(layer))
      .extracting(Word::text)
      .containsExactly("Rs.178.00", "95.00");
  }
}
