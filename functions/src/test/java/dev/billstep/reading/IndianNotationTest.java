package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndianNotationTest {

  /** A text of 150,000 characters took 86 s; what takes a second here is no longer linear. */
  @ParameterizedTest
  @ValueSource(strings = { "Rs ", "@ ", "1", "1 ", "1,", "- ", "1 / ", "1-a", "12.345 %" })
  void howLongAPatternTakesGrowsWithTheTextAlone(String part) {
    for (var text : new String[] {
      part.repeat(20_000) + "x",
      part + " ".repeat(60_000) + "x",
      part.strip() + " ".repeat(60_000) + part + " ".repeat(60_000) + "x",
    }) {
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
        IndianNotation.amount(text);
        IndianNotation.moment(text);
      });
    }
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "26/08/2025 | 2025-08-26",
      "5-1-2026 | 2026-01-05",
      "05.01.26 | 2026-01-05",
      "26-Aug-25 | 2025-08-26",
      "26 August 2025 | 2025-08-26",
      "2025-08-26 | 2025-08-26",
      "Dated: 26Aug2025 at Pune | 2025-08-26",
    }
  )
  void datesAreReadInEveryFormThatIsPrinted(String printed, String iso) {
    assertThat(IndianNotation.date(printed)).hasValue(iso);
  }

  @ParameterizedTest
  @ValueSource(strings = { "31/02/2025", "26 Foo 2025", "SBT/25-26/65079", "" })
  void whatIsNoDateIsNotReadAsOne(String printed) {
    assertThat(IndianNotation.date(printed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "26/08/202510:42AM[389Kms] | 2025-08-26T10:42",
      "26/08/2025 02:05 PM | 2025-08-26T14:05",
      "26/08/2025 12:05 AM | 2025-08-26T00:05",
      "28/08/2025 | 2025-08-28",
    }
  )
  void aTimeBehindADateIsReadEvenWhereTheSpaceIsLost(String printed, String iso) {
    assertThat(IndianNotation.moment(printed)).hasValue(iso);
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "Rs. 1,23,456.00 | 123456.00",
      "₹12 | 12",
      "INR 0.50 | 0.50",
      "-0.19 | -0.19",
      "2.67.414.00 | 267414.00",
      "2,67,414.00 | 267414.00",
    }
  )
  void amountsAreIndian(String printed, BigDecimal amount) {
    assertThat(IndianNotation.amount(printed)).hasValueSatisfying(read ->
      assertThat(read).isEqualByComparingTo(amount)
    );
  }
}
