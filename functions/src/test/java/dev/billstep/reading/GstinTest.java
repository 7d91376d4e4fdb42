package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GstinTest {

  @ParameterizedTest
  @ValueSource(strings = { "27AAPFU0939F1ZV", "29GBCTN1145H1ZE", "07GPVTY5147O3Z6" })
  void aNumberWhoseCheckCharacterHoldsIsValid(String gstin) {
    assertThat(Gstin.problem(gstin)).isEmpty();
  }

  @Test
  void aWrongCheckCharacterIsNamedWithTheRightOne() {
    assertThat(Gstin.problem("27AAPFU0939F1ZW")).hasValueSatisfying(problem ->
      assertThat(problem).contains("ends with W").contains("check character should be V")
    );
  }

  @Test
  void aSwappedPairOfCharactersIsNoticed() {
    assertThat(Gstin.isValid("27APAFU0939F1ZV")).isFalse();
  }

  @Test
  void aStateThatDoesNotExistIsNamed() {
    assertThat(Gstin.problem("45AAPFU0939F1ZV")).hasValueSatisfying(problem ->
      assertThat(problem).contains("begins with 45")
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "", "URP", "27AAPFU0939F1Z", "27AAPFU0939F0ZV", "2716PFU0939F1ZV" })
  void anythingElseHasNotTheShape(String text) {
    assertThat(Gstin.problem(text)).hasValueSatisfying(problem ->
      assertThat(problem).contains("format")
    );
  }
}
