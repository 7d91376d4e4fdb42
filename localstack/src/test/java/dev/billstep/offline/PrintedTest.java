package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedTest {

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
    assertThat(Printed.date(printed)).hasValue(iso);
  }

  @ParameterizedTest
  @ValueSource(strings = { "31/02/2025", "26 Foo 2025", "SBT/25-26/65079", "" })
  void whatIsNoDateIsNotReadAsOne(String printed) {
    assertThat(Printed.date(printed)).isEmpty();
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
    assertThat(Printed.moment(printed)).hasValue(iso);
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
    assertThat(Printed.amount(printed)).hasValueSatisfying(read ->
      assertThat(read).isEqualByComparingTo(amount)
    );
  }

  @Test
  void aGstinIsFoundInRunTogetherText() {
    assertThat(Printed.gstins("GSTIN:27CFOTR4553E2ZTStateCode:27")).containsExactly(
      "27CFOTR4553E2ZT"
    );
  }

  @Test
  void aConfusedCharacterIsPutRightWhereOnlyThenTheChecksumHolds() {
    assertThat(Printed.gstin("27CF0TR4553E2ZT")).hasValue("27CFOTR4553E2ZT");
    assertThat(Printed.gstin("27CFOTR4SS3E2ZT")).hasValue("27CFOTR4553E2ZT");
  }

  @Test
  void aGstinWithAWrongChecksumIsGivenAsPrintedForTheReviewer() {
    assertThat(Printed.gstin("27CFOTR4553E2ZX")).hasValue("27CFOTR4553E2ZX");
  }

  @ParameterizedTest
  @CsvSource({
    "SBT/25-26/65079, SBT/25-26/65079",
    "0SE/25-26/81135, OSE/25-26/81135",
    "MsC/25-26/96966 Date, MSC/25-26/96966",
    "1007, 1007",
    "A100, A100",
  })
  void documentNumbersAreUpperCaseAndTheirLettersAreLetters(String printed, String number) {
    assertThat(Printed.documentNumber(printed)).hasValue(number);
  }

  @Test
  void anEwayBillNumberIsTwelveDigitsHoweverTheyAreGrouped() {
    assertThat(Printed.ewayBillNumber("5363 0657 8165")).hasValue("536306578165");
    assertThat(Printed.ewayBillNumber("536306578165")).hasValue("536306578165");
    assertThat(Printed.ewayBillNumber("5363065781650")).isEmpty();
  }

  @Test
  void aVehicleNumberIsNotEveryWordThatBeginsLikeOne() {
    assertThat(Printed.vehicle("KA 15 BR 2182")).hasValue("KA15BR2182");
    assertThat(Printed.vehicle("Trans Doc No")).isEmpty();
  }
}
