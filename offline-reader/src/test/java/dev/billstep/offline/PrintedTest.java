package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedTest {

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
