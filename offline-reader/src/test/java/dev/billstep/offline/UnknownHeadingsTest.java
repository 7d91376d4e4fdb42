package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables whose headings say nothing: what stands in a column is told by its form and by what it makes. */
class UnknownHeadingsTest {

  @Test
  void linesBelowUnknownWordsAreReadByWhatTheirNumbersMakeAndFlagged() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Toro | Sofu | Divu | Ratuk | Banareh
        1 | Gate valve | 2 | 100.50 | 201.00
        2 | Ball valve | 3 | 10.25 | 30.75
        Grand Total | | | | 231.75
        """
      )
    );
    assertThat(texts(reading.fields(), "description")).containsExactly("Gate valve", "Ball valve");
    assertThat(amounts(reading.fields(), "quantity")).containsExactly("2", "3");
    assertThat(amounts(reading.fields(), "unit_price")).containsExactly("100.5", "10.25");
    assertThat(amounts(reading.fields(), "taxable_value")).containsExactly("201", "30.75");
    assertThat(reading.flags()).contains("lines.unheaded").doesNotContain("lines.unproved");
  }

  @Test
  void linesWithoutAnyHeadingAreReadAsWell() {
    var fields = read(
      """
      TAX INVOICE
      Bill No 17

      Gate valve | 2 | 100.50 | 201.00
      Ball valve | 3 | 10.25 | 30.75
      Grand Total | | | 231.75
      """
    );
    assertThat(texts(fields, "description")).containsExactly("Gate valve", "Ball valve");
    assertThat(amounts(fields, "quantity")).containsExactly("2", "3");
  }

  @Test
  void numbersThatMakeNothingAreNoLines() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Toro | Sofu | Divu | Ratuk
        Reading before | 17 | 4,211.50 | 12.75
        Reading after | 19 | 4,377.25 | 18.40
        Grand Total | | | 231.75
        """
      )
    );
    assertThat(reading.fields().path("line_items")).isEmpty();
    assertThat(reading.flags()).contains("lines.unproved").doesNotContain("lines.unheaded");
  }

  @Test
  void aHeadingThatIsKnownIsNoReasonForAFlag() {
    var reading = Reading.bill(
      PrintedPage.of(
        """
        TAX INVOICE
        Description | Qty | Rate | Amount
        Gate valve | 2 | 100.50 | 201.00
        Grand Total | | | 201.00
        """
      )
    );
    assertThat(reading.flags()).doesNotContain("lines.unheaded");
  }

  @Test
  void theAmountOfWhichARateMakesTheTotalIsTheTaxableValue() {
    var fields = read(
      """
      TAX INVOICE
      Description | HSN | Qty | Gross Amount | Banareh | Ratuk | Divu | Total
      Gate valve | 8481 | 2 | 237.18 | 201.00 | 18.09 | 18.09 | 237.18
      Ball valve | 8481 | 3 | 32.29 | 30.75 | 0.77 | 0.77 | 32.29
      """
    );
    assertThat(amounts(fields, "taxable_value")).containsExactly("201", "30.75");
    assertThat(amounts(fields, "cgst")).containsExactly("18.09", "0.77");
    assertThat(amounts(fields, "sgst")).containsExactly("18.09", "0.77");
    assertThat(amounts(fields, "total")).containsExactly("237.18", "32.29");
  }

  @Test
  void anAmountBeforeATotalWithoutANameIsNotTheTotal() {
    var fields = read(
      """
      TAX INVOICE
      Description | Qty | Rate | Amount | Taxable Value | IGST | Siluv
      Gate valve | 2 | 100.50 | 201.00 | 201.00 | 36.18 | 237.18
      Ball valve | 3 | 10.25 | 30.75 | 30.75 | 1.54 | 32.29
      """
    );
    assertThat(amounts(fields, "total")).containsExactly("237.18", "32.29");
    assertThat(amounts(fields, "taxable_value")).containsExactly("201", "30.75");
  }

  @Test
  void pricesBelowAWordForUnitsAreNoUnits() {
    var fields = read(
      """
      TAX INVOICE
      Description | Qty | Unit Bemut | Total
      Gate valve | 2 | 100.50 | 201.00
      Ball valve | 3 | 10.25 | 30.75
      """
    );
    assertThat(amounts(fields, "unit_price")).containsExactly("100.5", "10.25");
  }

  @Test
  void codesBelowAWordForGoodsAreNoDescriptions() {
    var fields = read(
      """
      TAX INVOICE
      Product | Votelulonez | Qty | Rate | Total
      HSN/SAC: 8481 | Gate valve | 2 | 100.50 | 201.00
      HSN/SAC: 8482 | Ball valve | 3 | 10.25 | 30.75
      """
    );
    assertThat(texts(fields, "description")).containsExactly("Gate valve", "Ball valve");
    assertThat(texts(fields, "hsn_sac")).containsExactly("8481", "8482");
  }

  @Test
  void aHeadingsSecondLineIsNoTotalWhateverItsOtherWordsAre() {
    var fields = read(
      """
      TAX INVOICE
      Description | Qty | Gross | Taxable | IGST | Total
       | | Amount | Hazor
      Gate valve | 2 | 201.00 | 201.00 | 36.18 | 237.18
      Ball valve | 3 | 30.75 | 30.75 | 1.54 | 32.29
      """
    );
    assertThat(texts(fields, "description")).containsExactly("Gate valve", "Ball valve");
  }

  @Test
  void theSecondTaxBelowTheFirstIsOfTheSameLine() {
    var fields = Reading.bill(
      PrintedPage.aligned(
        """
        TAX INVOICE

        Description   HSN    Qty   Taxable Value    Taxes                   Total
        Gate valve    8481   2     Rs.201.00        CGST @9% :Rs.18.09      Rs.237.18
                                                    SGST @9% :Rs.18.09
        Ball valve    8481   3     Rs.30.75         CGST @2.5% :Rs.0.77     Rs.32.29
                                                    SGST @2.5% :Rs.0.77
        """
      )
    ).fields();
    assertThat(amounts(fields, "gst_rate")).containsExactly("18", "5");
    assertThat(amounts(fields, "sgst")).containsExactly("18.09", "0.77");
  }

  @Test
  void aTotalThatIsCalledByAnUnknownWordIsNoLine() {
    var fields = read(
      """
      TAX INVOICE
      Description | HSN | Qty | Rate | Total
      Gate valve | 8481 | 2 | 100.50 | 201.00
      Ball valve | 8481 | 3 | 10.25 | 30.75
      Siluv | | | | 231.75
      """
    );
    assertThat(texts(fields, "description")).containsExactly("Gate valve", "Ball valve");
  }

  @Test
  void aServiceWithACodeAndAnAmountIsALine() {
    var fields = Reading.bill(
      PrintedPage.aligned(
        """
        TAX INVOICE

        Sr.No   Plan Details                SAC       Rental Charges (Rs.)
        1       Home broadband for a month  998422    1000.00
                Total Tax                             180.00
                Total Amount                          1180.00
        """
      )
    ).fields();
    assertThat(texts(fields, "hsn_sac")).containsExactly("998422");
    assertThat(amounts(fields, "taxable_value")).containsExactly("1000");
  }

  @Test
  void anAccountOfTaxesBelowTheLinesIsNoLine() {
    var fields = read(
      """
      TAX INVOICE
      Description | HSN | Qty | Rate | per | Amount
      AMC services | 998713 | 1.00 | 4,06,450.00 | Nos | 4,06,450.00
      GST Output - CGST 9% | | | 9 | % | 36,580.50
      GST Output - SGST 9% | | | 9 | % | 36,580.50
      Total | | 1.00 | | | 4,79,611.00
      """
    );
    assertThat(texts(fields, "description")).containsExactly("AMC services");
  }

  private static JsonNode read(String page) {
    return Reading.bill(PrintedPage.of(page)).fields();
  }

  private static List<String> texts(JsonNode fields, String column) {
    return fields.path("line_items").findValuesAsText(column);
  }

  private static List<String> amounts(JsonNode fields, String column) {
    var amounts = new ArrayList<String>();
    for (var line : fields.path("line_items")) {
      var amount = new BigDecimal(line.path(column).asText("0"));
      amounts.add(amount.stripTrailingZeros().toPlainString());
    }
    return amounts;
  }
}
