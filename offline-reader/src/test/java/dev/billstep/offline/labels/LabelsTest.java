package dev.billstep.offline.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.offline.PrintedPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void theLongestLabelOfAPhraseCounts() {
    assertThat(keys("Buyer's Order No. : 17")).containsExactly("order_number");
    assertThat(keys("Total Qty : 5")).containsExactly("count");
    assertThat(keys("Original for Recipient")).containsExactly("copy");
  }

  @Test
  void aLetterThatIsReadWrongIsForgivenInALongLabel() {
    assertThat(keys("Grand TotaI : 5.00")).containsExactly("grand_total");
    assertThat(keys("Invoicc Number : 5")).containsExactly("number");
  }

  @Test
  void aLabelIsNotTakenForAnotherThatIsOneLetterOff() {
    assertThat(keys("Invoice No : 5")).containsExactly("number");
    assertThat(keys("Invoice To : Asha")).containsExactly("buyer");
  }

  @Test
  void aWordWithinAnotherIsNoLabel() {
    assertThat(keys("Private Limited")).isEmpty();
    assertThat(keys("eWay Bill No : 1234 5678 9012")).containsExactly("ewb_number");
  }

  @Test
  void aWordThatLooksLikeTwoWordsOfALabelIsNone() {
    assertThat(keys("Address : Pune")).isEmpty();
    assertThat(keys("TAX INVOICE")).isEmpty();
    assertThat(keys("Document Details : Tax Invoice - BT99372")).containsExactly("ewb_document");
  }

  @Test
  void theSignOfANumberMayStandBeforeLetters() {
    assertThat(keys("Inv # AB1234")).containsExactly("number");
  }

  @Test
  void twoLabelsWithAValueEachAreNotOne() {
    var labels = Labels.on(PrintedPage.of("IGST | 8.00\nTotal | 164.00"));
    assertThat(labels.all().map(LabelHit::key)).contains("igst_total", "grand_total");
    assertThat(labels.of("igst_total")).hasSize(1);
  }

  @Test
  void runningTextHasNoLabels() {
    assertThat(
      keys("Please note that the total amount payable may change in 2025 without any notice")
    ).isEmpty();
  }

  @Test
  void aLabelMayStandOnTwoLines() {
    var labels = Labels.on(
      PrintedPage.aligned(
        """
        Place of  :  Telangana
        Supply
        """
      )
    );
    assertThat(labels.all().map(LabelHit::key)).containsExactly("place_of_supply");
  }

  private static List<String> keys(String text) {
    return Labels.on(PrintedPage.aligned(text)).all().map(LabelHit::key).distinct().toList();
  }
}
