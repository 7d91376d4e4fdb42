package dev.billstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaughtErrorTest {

  @Test
  void whatAProviderSaysCanBeStoredWhateverItIs() {
    var caught = CaughtError.of(
      "dev.billstep.reading.ModelRejected",
      "{\"errorMessage\": \"refused: \\u0000\\ud800\"}"
    );
    assertThat(caught.sentence()).isEqualTo("refused: \uFFFD\uFFFD");
    assertThat(new CaughtError("a\0", "b\0")).isEqualTo(new CaughtError("a\uFFFD", "b\uFFFD"));
  }

  @Test
  void aLongSentenceIsNotCutInsideOfACharacter() {
    var sentence = CaughtError.of("Any", "x".repeat(999) + "😀".repeat(10)).sentence();
    assertThat(sentence).isEqualTo("x".repeat(999) + "…");
  }
}
