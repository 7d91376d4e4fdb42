package dev.billstep.offline.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.offline.forms.Gstins.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormsTest {

  @Test
  void aGstinIsFoundInRunTogetherText() {
    assertThat(gstins("GSTIN:27CFOTR4553E2ZTStateCode:27")).containsExactly("27CFOTR4553E2ZT");
  }

  @Test
  void aGstinIsFoundThatIsPrintedInGroups() {
    assertThat(gstins("27CFO TR455 3E2ZT")).containsExactly("27CFOTR4553E2ZT");
  }

  @Test
  void aConfusedCharacterIsPutRightWhereOnlyThenTheChecksumHolds() {
    assertThat(gstins("27CF0TR4553E2ZT")).containsExactly("27CFOTR4553E2ZT");
    assertThat(gstins("27CFOTR4SS3E2ZT")).containsExactly("27CFOTR4553E2ZT");
    assertThat(Gstins.in("27CFOTR4SS3E2ZT").getFirst().value().evidence()).isEqualTo(
      Evidence.REPAIRED
    );
  }

  @Test
  void aCheckCharacterThatLooksLikeTheRightOneIsPutRight() {
    assertThat(gstins("27AAPFU1299F1Z0")).containsExactly("27AAPFU1299F1ZO");
  }

  @Test
  void aGstinWithAWrongChecksumIsGivenAsPrintedForTheReviewer() {
    assertThat(gstins("27CFOTR4553E2ZX")).containsExactly("27CFOTR4553E2ZX");
    assertThat(Gstins.in("27CFOTR4553E2ZX").getFirst().value().isValid()).isFalse();
  }

  @Test
  void whatStandsBehindAGstinsLabelIsGivenAsPrinted() {
    assertThat(Gstins.behindLabel(": 123412341234").getFirst().value().number()).isEqualTo(
      "123412341234"
    );
    assertThat(Gstins.behindLabel(": Unregistered")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SBT/25-26/65079, SBT/25-26/65079",
    ": INV-17 Date, INV-17",
    "# 1007, 1007",
    "A100, A100",
    "GST 102, GST 102",
  })
  void aDocumentNumberIsWhatStandsWhereOneIsExpected(String printed, String number) {
    assertThat(Identifiers.documentNumber(printed).getFirst().value()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({ "17-Sep-23", "1234.50", "Dated", "12/04/2024" })
  void aDateAnAmountOrAWordIsNoDocumentNumber(String printed) {
    assertThat(Identifiers.documentNumber(printed)).isEmpty();
  }

  @Test
  void aZeroAmongLettersIsOneOfThemWhereOcrHasReadIt() {
    assertThat(Identifiers.withLetters("0SE/25-26/81135")).isEqualTo("OSE/25-26/81135");
    assertThat(Identifiers.withLetters("ACl/25-26/81135")).isEqualTo("ACI/25-26/81135");
    assertThat(Identifiers.withLetters("0Q56198")).isEqualTo("OQ56198");
    assertThat(Identifiers.withLetters("8600-0Y")).isEqualTo("8600-OY");
    assertThat(Identifiers.withLetters("A100")).isEqualTo("A100");
    assertThat(Identifiers.withLetters("0012")).isEqualTo("0012");
    assertThat(Identifiers.withLetters("Bill/17")).isEqualTo("Bill/17");
  }

  @Test
  void anEwayBillNumberIsTwelveDigitsHoweverTheyAreGrouped() {
    assertThat(values(Identifiers.twelveDigits("5363 0657 8165"))).containsExactly("536306578165");
    assertThat(values(Identifiers.twelveDigits("536306578165"))).containsExactly("536306578165");
    assertThat(Identifiers.twelveDigits("5363065781650")).isEmpty();
  }

  @Test
  void aVehicleNumberIsNotEveryWordThatBeginsLikeOne() {
    assertThat(values(Identifiers.vehicles("KA 15 BR 2182"))).containsExactly("KA15BR2182");
    assertThat(values(Identifiers.vehicles("KA05MN1234 & nil & 11/06/2023"))).containsExactly(
      "KA05MN1234"
    );
    assertThat(Identifiers.vehicles("Trans Doc No")).isEmpty();
  }

  @Test
  void digitsWhereAVehicleNumberHasLettersAreLetters() {
    assertThat(Identifiers.vehicles("DL520M7342 &").getFirst().value()).isEqualTo("DL52OM7342");
    assertThat(Identifiers.vehicles("GJ15P01841").getFirst().value()).isEqualTo("GJ15PO1841");
  }

  @Test
  void lettersWhereAVehicleNumberHasDigitsAreDigits() {
    assertThat(values(Identifiers.vehicles("MHO1NY8687"))).containsExactly("MH01NY8687");
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "₹ 1,23,456.00|123456.00",
      "Rs.12.345.60|12345.60",
      "4.125|4.125",
      "-₹31.40|-31.40",
      "CGST @ 2.5% 17.50|17.50",
      "CGST@2.5  12.50|12.50",
      "580-00|580.00",
      "(-)0.40|-0.40",
      "SGST @9% :Rs.18.09|18.09",
    }
  )
  void amountsAreReadAsTheyArePrintedOrBlurred(String printed, String amount) {
    assertThat(values(Amounts.in(printed)))
      .singleElement()
      .satisfies(value -> assertThat(value).isEqualByComparingTo(amount));
  }

  @ParameterizedTest
  @CsvSource({ "INV-2207", "12:30", "06/09/2023", "18%", "0910" })
  void codesTimesDatesAndRatesAreNoAmounts(String printed) {
    assertThat(Amounts.in(printed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "17-Sep-23|2023-09-17",
      "03.05.2023|2023-05-03",
      "14 Aug 2023|2023-08-14",
      "2023-06-09|2023-06-09",
      "21/04/2022 05:26 PM|2022-04-21T17:26",
      "31JuI2025|2025-07-31",
      "March 5, 2024|2024-03-05",
    }
  )
  void datesHaveTheDayFirst(String printed, String iso) {
    assertThat(Dates.in(printed).getFirst().value().text()).isEqualTo(iso);
  }

  @Test
  void aDateWithTheMonthFirstIsTakenForWhatItIs() {
    var date = Dates.in("2/19/24").getFirst().value();
    assertThat(date.text()).isEqualTo("2024-02-19");
    assertThat(date.monthFirst()).isTrue();
  }

  private static List<String> gstins(String text) {
    return Gstins.in(text)
      .stream()
      .map(found -> found.value().number())
      .toList();
  }

  private static <T> List<T> values(List<Found<T>> found) {
    return found.stream().map(Found::value).toList();
  }
}
