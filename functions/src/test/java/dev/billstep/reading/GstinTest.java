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

  @ParameterizedTest
  @ValueSource(strings = { "9917XYZ29001OS", "0717UNO00001UN", "2717XYZ12345NR" })
  void aNumberWithoutAPanIsValidWithItsCheckCharacter(String first14) {
    var gstin = Gstin.withCheckCharacter(first14);
    assertThat(Gstin.problem(gstin)).isEmpty();
    char other = gstin.charAt(Gstin.LENGTH - 1) == 'A' ? 'B' : 'A';
    assertThat(Gstin.problem(first14 + other)).hasValueSatisfying(problem ->
      assertThat(problem).contains("check character")
    );
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
