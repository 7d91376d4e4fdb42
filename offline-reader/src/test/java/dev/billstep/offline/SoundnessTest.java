package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes to a page that must change nothing, and changes that must be noticed. */
class SoundnessTest {

  private static final String SELLER = """
  Prakash Packaging Works
  Wagholi, Pune
  GSTIN : 27AAPFU0939F1ZV
  """;
  private static final String DETAILS = """
  Invoice No : S/2023/118
  Invoice Date : 21/08/2023
  """;
  private static final String BUYER = """
  Bill To :
  Balaji Foods Pvt Ltd
  GSTIN : 27CFOTR4553E2ZT
  """;
  private static final String GOODS = """
  Sr | Particulars | HSN | Qty | Rate | Amount
  1 | Corrugated box | 4819 | 1000 | 20.00 | 20,000.00
  Sub Total |  |  |  |  | 20,000.00
  CGST 9% |  |  |  |  | 1,800.00
  SGST 9% |  |  |  |  | 1,800.00
  """;
  private static final String TOTAL = "Grand Total |  |  |  |  | 23,600.00\n";
  private static final String WORDS =
    "Amount in words : Rupees Twenty Three Thousand Six Hundred Only\n";

  @Test
  void aPageOnWhichEverythingAgreesIsNotFlagged() {
    var reading = read(SELLER, DETAILS, BUYER, GOODS, TOTAL, WORDS);
    assertThat(reading.flags()).isEmpty();
    assertRight(reading);
  }

  @Test
  void theBlocksAboveTheGoodsMayStandInAnotherOrder() {
    assertRight(read(DETAILS, SELLER, BUYER, GOODS, TOTAL, WORDS));
    assertRight(read(SELLER, BUYER, DETAILS, GOODS, TOTAL, WORDS));
  }

  @Test
  void aFootnoteChangesNoValue() {
    var reading = read(
      SELLER,
      DETAILS,
      BUYER,
      GOODS,
      TOTAL,
      WORDS,
      "The total amount payable after 31/12/2025 is subject to interest of 24 % a year\n"
    );
    assertRight(reading);
    assertThat(reading.flags()).isEmpty();
  }

  @Test
  void aPageWithoutItsTotalIsFlagged() {
    assertThat(read(SELLER, DETAILS, BUYER, GOODS).flags()).isNotEmpty();
  }

  @Test
  void aPageWithoutItsNumberIsFlagged() {
    assertThat(
      read(SELLER, "Invoice Date : 21/08/2023\n", BUYER, GOODS, TOTAL, WORDS).flags()
    ).contains("field.missing");
  }

  @Test
  void wordsThatSayAnotherAmountAreFlagged() {
    assertThat(
      read(SELLER, DETAILS, BUYER, GOODS, TOTAL, "Rupees Twenty Thousand Only\n").flags()
    ).contains("total.words_mismatch");
  }

  @Test
  void aTotalThatNothingAddsUpToIsFlagged() {
    assertThat(
      read(SELLER, DETAILS, BUYER, GOODS, "Grand Total |  |  |  |  | 25,000.00\n").flags()
    ).contains("total.unproved");
  }

  @Test
  void aPageThatGoesOnIsFlagged() {
    assertThat(
      read(SELLER, DETAILS, BUYER, GOODS, TOTAL, WORDS, "continued to page number 2\n").flags()
    ).contains("page.continuation");
  }

  private static Reading read(String... blocks) {
    return Reading.bill(PrintedPage.of("TAX INVOICE\n" + String.join("", List.of(blocks))));
  }

  private static void assertRight(Reading reading) {
    assertThat(reading.text("/invoice_number")).isEqualTo("S/2023/118");
    assertThat(reading.text("/invoice_date")).isEqualTo("2023-08-21");
    assertThat(reading.text("/seller/gstin")).isEqualTo("27AAPFU0939F1ZV");
    assertThat(reading.text("/buyer/gstin")).isEqualTo("27CFOTR4553E2ZT");
    assertThat(reading.fields().path("grand_total").decimalValue()).isEqualByComparingTo("23600");
    assertThat(reading.fields().path("taxable_total").decimalValue()).isEqualByComparingTo("20000");
  }
}
