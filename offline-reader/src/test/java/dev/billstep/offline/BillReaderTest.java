package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Layouts other than those of the samples. */
class BillReaderTest {

  @Test
  void valuesBelowTheirLabelsAreRead() {
    var fields = read(
      """
      BILL OF SUPPLY
      Highway Fuels
      Bill No | Bill Date | Place of Supply
      HF-88 | 01-Feb-26 | Karnataka
      """
    );
    assertThat(fields.path("document_title").asText()).isEqualTo("BILL OF SUPPLY");
    assertThat(fields.path("invoice_number").asText()).isEqualTo("HF-88");
    assertThat(fields.path("invoice_date").asText()).isEqualTo("2026-02-01");
    assertThat(fields.path("place_of_supply").asText()).isEqualTo("Karnataka");
  }

  @Test
  void aPlainDateBesideAnothersNumberIsNotTheBills() {
    var fields = read(
      """
      TAX INVOICE
      Buyer's Order No. | Dated
      PO-17 | 1-Feb-26
      Invoice No. | Dated
      HF-88 | 9-Feb-26
      """
    );
    assertThat(fields.path("invoice_date").asText()).isEqualTo("2026-02-09");
  }

  @Test
  void aRupeesSignThatOcrHasTakenForADigitIsNone() {
    var fields = Reading.bill(
      PrintedPage.recognised(
        """
        TAX INVOICE
        Taxable Value | 300.00
        IGST | 154.00
        Grand Total | 354.00
        """,
        0.9
      )
    ).fields();
    assertThat(fields.path("igst_total").decimalValue()).isEqualByComparingTo("54");
  }

  @Test
  void aNumberThatOcrIsNotCertainOfIsFlagged() {
    var page = "TAX INVOICE\nInvoice No. | HF-88\nInvoice Date | 9-Feb-26\n";
    assertThat(Reading.bill(PrintedPage.recognised(page, 0.3)).flags()).contains("ocr.uncertain");
    assertThat(Reading.bill(PrintedPage.recognised(page, 0.9)).flags()).doesNotContain(
      "ocr.uncertain"
    );
  }

  @Test
  void anAmountWithDashesForCountAndPriceIsALine() {
    var fields = read(
      """
      INVOICE
      Item Description | Qty | Rate | Amount
      Business Cards | 2000 | 2.50 | 5,000.00
      Letterheads | 500 | 8.00 | 4,000.00
      Layout Charges | - | - | 3,500.00
      Subtotal: | | | 12,500.00
      """
    );
    assertThat(fields.path("line_items")).hasSize(3);
    assertThat(fields.path("taxable_total").decimalValue()).isEqualByComparingTo("12500");
  }

  @Test
  void aTaxThatIsNamedInItsCellIsToldFromTheOneBelow() {
    var fields = read(
      """
      TAX INVOICE
      Description | Qty | Net Amount | Tax Rate | Tax Type | Tax Amount | Total Amount
      Mattress | 1 | 3,741.52 | 9% | | CGST336.74 | 4,415.00
      | | | 9% | SGST | 336.74
      TOTAL: | | | | | 673.48 | 4,415.00
      """
    );
    var line = fields.path("line_items").path(0);
    assertThat(line.path("cgst").decimalValue()).isEqualByComparingTo("336.74");
    assertThat(line.path("sgst").decimalValue()).isEqualByComparingTo("336.74");
    assertThat(line.path("gst_rate").decimalValue()).isEqualByComparingTo("18");
  }

  @Test
  void aCodeThatIsLongerThanItsColumnGoesOnBelow() {
    var fields = read(
      """
      TAX INVOICE
      Description | HSN | Qty | Rate | Amount
      Gate valve | 84818 | 2 | 100.00 | 200.00
      DN200 | 079
      """
    );
    assertThat(fields.at("/line_items/0/hsn_sac").asText()).isEqualTo("84818079");
  }

  @Test
  void paiseMayStandOnTheNextLine() {
    var fields = read(
      """
      TAX INVOICE
      Total Invoice Value | 2,607,665.48
      Total Invoice Value (In Words) | TWENTY SIX LAKH SEVEN THOUSAND SIX HUNDRED SIXTY FIVE RUPEES FORTY EIGHT
      | PAISE
      """
    );
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("2607665.48");
  }

  @Test
  void whatATaxIsWorkedOutOfIsNotTheTax() {
    var fields = read(
      """
      TAX INVOICE
      Sub Total | 60,600.00
      CGST 14% on 20,000.00 | 2,800.00
      SGST 14% on 20,000.00 | 2,800.00
      CGST 2.5% on 40,600.00 | 1,015.00
      SGST 2.5% on 40,600.00 | 1,015.00
      Total | 68,230.00
      """
    );
    assertThat(fields.path("cgst_total").decimalValue()).isEqualByComparingTo("3815");
    assertThat(fields.path("taxable_total").decimalValue()).isEqualByComparingTo("60600");
  }

  @Test
  void aMarkBeforeALabelIsNoneOfItsWords() {
    var fields = read(
      """
      TAX INVOICE
      # S-50, 3rd Cross, Delhi
      Bill To | # Inv. No.: | Inv-5
      """
    );
    assertThat(fields.path("invoice_number").asText()).isEqualTo("Inv-5");
  }

  @Test
  void aGstinIsNoBillsNumber() {
    var fields = read("TAX INVOICE\nNo : 08AABFT5566L1ZO\n");
    assertThat(fields.path("invoice_number").isNull()).isTrue();
  }

  @Test
  void aTitleWithAColonIsTheLabelOfTheNumber() {
    var page = Reading.bill(PrintedPage.of("TAX INVOICE\nTax Invoice: GUJ/21-22/365 | Gujarat\n"));
    assertThat(page.text("/invoice_number")).isEqualTo("GUJ/21-22/365");
    assertThat(page.flags()).contains("number.unlabelled");
  }

  @Test
  void aDateWithoutALabelIsTakenAndFlagged() {
    var page = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Bill To: | 24/10/2023
        Asha Traders | Invoice No: 010
        Grand Total | 500.00
        Terms and conditions apply
        Thank you
        """
      )
    );
    assertThat(page.text("/invoice_date")).isEqualTo("2023-10-24");
    assertThat(page.flags()).contains("date.unlabelled");
  }

  @Test
  void theAmountsSignMayBeTheLabels() {
    var fields = read("TAX INVOICE\nGrand Total Rs. 3,22,534.00\n");
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("322534");
  }

  @Test
  void aTaxOfSeveralRatesIsWhatTheyMakeTogether() {
    var fields = read(
      """
      TAX INVOICE
      Sub Total | 300.00
      CGST @ 2.5% | 2.50
      CGST @ 9% | 18.00
      SGST @ 2.5% | 2.50
      SGST @ 9% | 18.00
      Grand Total | 341.00
      """
    );
    assertThat(fields.path("cgst_total").decimalValue()).isEqualByComparingTo("20.5");
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("341");
  }

  @Test
  void aTaxsRateAndAmountAreItsOwnWhereverItsNameStands() {
    var fields = Reading.bill(
      PrintedPage.aligned(
        """
        TAX INVOICE
        #  Item              HSN    Qty     Rate   CGST            SGST             Amount
                                                    %      Amt     %       Amt
        1  Wire              8544     2    50.00  2.5%    2.50   2.5%     2.50      100.00
        2  Bolts             7318     1    20.00    9%    1.80     9%     1.80       20.00
        """
      )
    ).fields();
    assertThat(fields.at("/line_items/0/cgst").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(fields.at("/line_items/1/sgst").decimalValue()).isEqualByComparingTo("1.8");
    assertThat(fields.at("/line_items/1/taxable_value").decimalValue()).isEqualByComparingTo("20");
  }

  @Test
  void ofTwoBlocksWithoutHeadingsTheSellerIsWhomThePageIsSignedFor() {
    var blocks = """
    TAX INVOICE
    Malabar Spices Company | Vindhya Auto Components Ltd
    GSTIN : 33RNBCH9552B3ZM | GSTIN : 29GBCTN1145H1ZE
    """;
    assertThat(Reading.bill(PrintedPage.of(blocks)).flags()).contains("party.ambiguous");
    var signed = Reading.bill(PrintedPage.of(blocks + "\n\n\nFor Vindhya Auto Components Ltd\n"));
    assertThat(signed.text("/seller/gstin")).isEqualTo("29GBCTN1145H1ZE");
    assertThat(signed.text("/buyer/gstin")).isEqualTo("33RNBCH9552B3ZM");
    assertThat(signed.flags()).doesNotContain("party.ambiguous");
  }

  @Test
  void theBuyersGstinIsTheOneBelowTheBuyersLabel() {
    var fields = read(
      """
      TAX INVOICE
      Bill To: Malabar Spices Company
      GSTIN 33RNBCH9552B3ZM
      Seller: Vindhya Auto Components Ltd
      GSTIN 29GBCTN1145H1ZE
      """
    );
    assertThat(fields.at("/buyer/gstin").asText()).isEqualTo("33RNBCH9552B3ZM");
    assertThat(fields.at("/buyer/name").asText()).isEqualTo("Malabar Spices Company");
    assertThat(fields.at("/seller/gstin").asText()).isEqualTo("29GBCTN1145H1ZE");
    assertThat(fields.at("/seller/name").asText()).isEqualTo("Vindhya Auto Components Ltd");
    assertThat(fields.at("/seller/state_code").asText()).isEqualTo("29");
  }

  @Test
  void headingsAndValuesThatRanIntoEachOtherAreTakenApart() {
    var fields = read(
      """
      TAX INVOICE
      S.NoDescriptionofGoods | | HSN/SAC | Qty Unit | Rate | Taxable Value
      1 | Brake lining set | 8708 | 12 | 1,275.00 | 15,300.00
      2 | Copier paper | 4802 | 5 REAM | 238-50 | 1,192. 50
      Taxable Amount |  |  |  |  | 16,492.50
      Grand TotaI |  |  |  |  | Rs. 16,492.00
      """
    );
    var items = fields.path("line_items");
    assertThat(items).hasSize(2);
    assertThat(items.path(0).path("description").asText()).isEqualTo("Brake lining set");
    assertThat(items.path(1).path("unit_price").decimalValue()).isEqualByComparingTo("238.5");
    assertThat(items.path(1).path("taxable_value").decimalValue()).isEqualByComparingTo("1192.5");
    assertThat(fields.path("taxable_total").decimalValue()).isEqualByComparingTo("16492.5");
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("16492");
  }

  @Test
  void aReceiptsSubTotalAndRatesAreNotItsTotalAndTaxes() {
    var fields = read(
      """
      Annapurna Foods
      BILL
      No. : | 272210 | Date : | 07.11.25
      Item | Qty | Rate | Amount
      Dal makhani | 2 | 350.00 | 700.00
      Sub Total |  |  | 700.00
      CGST @ 2.5% |  |  | 17.50
      SGST @ 2.5% |  |  | 17.50
      TOTAL |  |  | 735.00
      """
    );
    assertThat(fields.path("invoice_number").asText()).isEqualTo("272210");
    assertThat(fields.path("invoice_date").asText()).isEqualTo("2025-11-07");
    assertThat(fields.path("cgst_total").decimalValue()).isEqualByComparingTo("17.5");
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("735");
    assertThat(fields.path("line_items")).hasSize(1);
  }

  @Test
  void aNameStandsBehindAWordForItInACellOfItsOwn() {
    var fields = Reading.bill(
      PrintedPage.aligned(
        """
        TAX INVOICE
        Serviced By: Vindhya Auto Components Ltd

        Details of Customer (Bill To)
        Name           : Malabar Spices Company
        Address        : Bypass Road
        Invoice No. HF-88                          Invoice Date 9-Feb-26
        """
      )
    ).fields();
    assertThat(fields.at("/seller/name").asText()).isEqualTo("Vindhya Auto Components Ltd");
    assertThat(fields.at("/buyer/name").asText()).isEqualTo("Malabar Spices Company");
  }

  @Test
  void aNameBelowItsLabelIsTakenBeforeALabelBesideIt() {
    var fields = read(
      """
      TAX INVOICE
      Billed to | Shipped to
      Metro Agro Foods | Metro Agro Foods
      GSTIN 33RNBCH9552B3ZM |
      """
    );
    assertThat(fields.at("/buyer/name").asText()).isEqualTo("Metro Agro Foods");
  }

  @Test
  void theTableBecomesLineItemsAndItsFootTheTotals() {
    var fields = read(
      """
      Sr No | Particulars | HSN | Qty | Rate | Amount
      1 | Brake lining set | 8708 | 12 SET | 1,275.00 | 15,300.00
       | with screws |  |  |  |
      2 | Copier paper | 4802 | 5 | 238.50 | 1,192.50
      Sub Total |  |  |  |  | 16,492.50
      CGST 9% |  |  |  |  | 1,484.33
      SGST 9% |  |  |  |  | 1,484.33
      Round Off |  |  |  |  | -0.16
      Net Amount |  |  |  |  | 19,461.00
      """
    );
    var items = fields.path("line_items");
    assertThat(items).hasSize(2);
    assertThat(items.path(0).path("description").asText()).isEqualTo(
      "Brake lining set with screws"
    );
    assertThat(items.path(0).path("quantity").asInt()).isEqualTo(12);
    assertThat(items.path(0).path("unit").asText()).isEqualTo("SET");
    assertThat(items.path(1).path("total").decimalValue()).isEqualByComparingTo("1192.50");
    assertThat(fields.path("taxable_total").decimalValue()).isEqualByComparingTo("16492.50");
    assertThat(fields.path("cgst_total").decimalValue()).isEqualByComparingTo("1484.33");
    assertThat(fields.path("sgst_total").decimalValue()).isEqualByComparingTo("1484.33");
    assertThat(fields.path("round_off").decimalValue()).isEqualByComparingTo("-0.16");
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("19461.00");
  }

  @Test
  void aValueOfALineIsShownInItsOwnCellAndNowhereWhereItWasWorkedOut() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        INVOICE
        Sr No | Particulars | HSN | Qty | Rate | Amount
        1 | Brake lining set | 8708 | 1 SET | 1,275.00 | 1,275.00
         | with screws |  |  |  |
        2 | Copier paper | 4802 | 5 | 238.50 | 1,192.50
        Sub Total |  |  |  |  | 2,467.50
        CGST 9% |  |  |  |  | 222.08
        SGST 9% |  |  |  |  | 222.08
        """
      )
    );
    assertThat(reading.printed("/line_items/0/description")).isEqualTo(
      "Brake lining set with screws"
    );
    assertThat(reading.printed("/line_items/0/quantity")).isEqualTo("1");
    assertThat(reading.printed("/line_items/0/unit")).isEqualTo("SET");
    assertThat(reading.printed("/line_items/1/hsn_sac")).isEqualTo("4802");
    assertThat(reading.printed("/line_items/1/unit_price")).isEqualTo("238.50");
    assertThat(reading.left("/line_items/0/unit_price")).isLessThan(
      reading.left("/line_items/0/taxable_value")
    );
    assertThat(reading.fields().at("/line_items/0/gst_rate").asInt()).isEqualTo(18);
    assertThat(reading.printed("/line_items/0/gst_rate")).isEmpty();
  }

  @Test
  void aFieldThatIsNotOnThePageIsNullAndNeverInvented() {
    var fields = read("RECEIPT\nThank you");
    assertThat(fields.path("document_title").asText()).isEqualTo("RECEIPT");
    assertThat(fields.path("invoice_number").isNull()).isTrue();
    assertThat(fields.path("grand_total").isNull()).isTrue();
    assertThat(fields.at("/seller/gstin").isNull()).isTrue();
    assertThat(fields.path("line_items")).isEmpty();
  }

  @Test
  void theAmountThatThoseAboveItMakeIsTheTotalWhateverItIsCalled() {
    var page = """
    TAX INVOICE
    Description | Qty | Rate | Amount
    Gate valve | 2 | 100.00 | 200.00
    Hex bolt | 4 | 25.00 | 100.00
    Netto | | | 300.00
    CGST | | | 27.00
    Landessteuer | | | 27.00
    Rundung | | | (-)0.40
    Summe | | | %s
    """;
    var reading = Reading.bill(PrintedPage.of(page.formatted("353.60")));
    assertThat(reading.fields().path("grand_total").decimalValue()).isEqualByComparingTo("353.60");
    assertThat(reading.flags()).contains("total.unlabelled");
    assertThat(
      Reading.bill(PrintedPage.of(page.formatted("354.60")))
        .fields()
        .path("grand_total")
    ).isNotEqualTo(reading.fields().path("grand_total"));
  }

  @Test
  void aDateWithAnUnknownLabelIsTheBillsWhereOneOfItsWordsIs() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Invoice No: HF-88 | Order Datum: 01-02-2026
        Invoice Datum: 09-02-2026 | Due Datum: 19-02-2026
        """
      )
    );
    assertThat(reading.fields().path("invoice_date").asText()).isEqualTo("2026-02-09");
    assertThat(reading.flags()).contains("date.unlabelled");
  }

  @Test
  void aRateInATaxesNameIsNoSumOfARow() {
    var fields = read(
      """
      TAX INVOICE
      Description | CGST Amount | Total
      Gate valve | 18.00 | 218.00
      Hex bolt | 9.00 | 109.00
      Netto | | 327.00
      | CGST9 (9%) | 27.00
      Balance Due | | 354.00
      """
    );
    assertThat(fields.path("grand_total").decimalValue()).isEqualByComparingTo("354");
  }

  @Test
  void theWholeAmountBelowATotalWithPaiseIsWhatIsPaid() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Description | Qty | Rate | Amount
        Gate valve | 2 | 100.11 | 200.22
        Taxable Value | | | 200.22
        CGST | | | 18.02
        SGST | | | 18.02
        Grand Total | | | 236.26
        Rundung | | | -0.26
        Summe | | | 236.00
        """
      )
    );
    assertThat(reading.fields().path("grand_total").decimalValue()).isEqualByComparingTo("236");
    assertThat(reading.flags()).contains("total.unlabelled");
  }

  @Test
  void aBillToOneselfHasOneGstinForBothPartiesAndIsFlagged() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Vindhya Auto Components Ltd, Works
        GSTIN 29GBCTN1145H1ZE
        Invoice No. | HF-88

        Bill To:
        Vindhya Auto Components Ltd, Depot
        GSTIN 29GBCTN1145H1ZE
        """ +
          "\n".repeat(20) +
          "Authorised Signatory\n"
      )
    );
    assertThat(reading.text("/seller/gstin")).isEqualTo("29GBCTN1145H1ZE");
    assertThat(reading.text("/buyer/gstin")).isEqualTo("29GBCTN1145H1ZE");
    assertThat(reading.flags()).contains("party.same");
  }

  @Test
  void aSellersGstinThatIsPrintedAgainAtTheFootIsNotTheBuyers() {
    var fields = read(
      """
      TAX INVOICE
      Vindhya Auto Components Ltd
      GSTIN 29GBCTN1145H1ZE
      Bill To: Malabar Spices Company
      Description | Qty | Rate | Amount
      Gate valve | 2 | 100.00 | 200.00
      Grand Total | | | 200.00
      GSTIN 29GBCTN1145H1ZE
      """
    );
    assertThat(fields.at("/seller/gstin").asText()).isEqualTo("29GBCTN1145H1ZE");
    assertThat(fields.at("/buyer/gstin").isNull()).isTrue();
  }

  @Test
  void columnsWithUnknownHeadingsAreToldByTheirFormAndByWhatTheyMake() {
    var line = read(
      """
      TAX INVOICE
      Sl No | Description | Toro | Sofu | Divu | Taxable Value | Ratuk | Tax Amount | Total
      1 | Gate valve | 8481 | 2 | 100.50 | 201.00 | 18% | 36.18 | 237.18
      2 | Ball valve | 8481 | 3 | 10.25 | 30.75 | 5% | 1.54 | 32.29
      """
    ).at("/line_items/0");
    assertThat(line.path("hsn_sac").asText()).isEqualTo("8481");
    assertThat(line.path("quantity").decimalValue()).isEqualByComparingTo("2");
    assertThat(line.path("unit_price").decimalValue()).isEqualByComparingTo("100.50");
    assertThat(line.path("gst_rate").decimalValue()).isEqualByComparingTo("18");
  }

  private static JsonNode read(String page) {
    return Reading.bill(PrintedPage.of(page)).fields();
  }
}
