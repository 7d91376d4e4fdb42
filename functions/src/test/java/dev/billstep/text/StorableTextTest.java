package dev.billstep.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTextTest {

  /** Outside of the basic plane: two UTF-16 units. */
  private static final String RUPEE_IN_BRAHMI = "\uD804\uDC00";

  @Test
  void whatCanBeStoredStaysAsItIs() {
    var text = "Zeile ₹ 1,000 " + RUPEE_IN_BRAHMI + "\t\r\n";
    assertThat(StorableText.of(text)).isSameAs(text);
    assertThat(StorableText.isStorable(text)).isTrue();
  }

  @Test
  void nulAndHalvesOfPairsAreReplaced() {
    assertThat(StorableText.of("a\0b\0")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(StorableText.of("\uDC00a\uD804b\uD804")).isEqualTo("\uFFFDa\uFFFDb\uFFFD");
    assertThat(StorableText.of("\uD804" + RUPEE_IN_BRAHMI)).isEqualTo("\uFFFD" + RUPEE_IN_BRAHMI);
    assertThat(StorableText.isStorable("\uD804")).isFalse();
  }

  @Test
  void noCharacterIsCutInTwo() {
    assertThat(StorableText.shortened("ab" + RUPEE_IN_BRAHMI + "c", 3)).isEqualTo("ab…");
    assertThat(StorableText.shortened("ab" + RUPEE_IN_BRAHMI + "c", 4)).isEqualTo(
      "ab" + RUPEE_IN_BRAHMI + "…"
    );
    assertThat(StorableText.shortened("abc", 3)).isEqualTo("abc");
  }
}
