package dev.billstep.offline.bills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountInWordsTest {

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "INR Three Lakh Forty Thousand Six Hundred Only|340600",
      "Indian Rupee Six Lakh Seventy-Two Thousand Eight Hundred Only|672800",
      "Nine Hundred Four only|904",
      "SIXTY-TWOTHOUSANDFORTY-ONEONLY.|62041",
      "One Hundred Eighty Two Rupees And Six Paisa Only|182.06",
      "Rupees Two Crores Five Lakhs Only|20500000",
      "Rupees Sixty Lac Seven Only|6000007",
      "Five Hundred Thirty-two Point Four only|532.4",
      "Ninety Rupees And Zero Paisa Only|90",
      "Rupees One Thousand Forty Five and Ten Paise Only|1045.10",
      "Rupees One Hundred and Five Only|105",
    }
  )
  void lakhAndCroreAreUnderstood(String words, String amount) {
    assertThat(AmountInWords.of(words)).hasValueSatisfying(value ->
      assertThat(value).isEqualByComparingTo(amount)
    );
  }

  @Test
  void otherWordsAreNoAmount() {
    assertThat(AmountInWords.of("Authorised Signatory")).isEmpty();
  }
}
