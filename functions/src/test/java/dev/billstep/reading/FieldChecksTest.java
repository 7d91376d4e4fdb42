package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldChecksTest {

  /** Evening in London, and the next morning in India. */
  private static final Instant NOW = Instant.parse("2026-01-15T20:00:00Z");

  private static final String SOUND_BILL = """
  {
    "invoice_number": "VAC/25-26/66511", "invoice_date": "2025-04-25",
    "seller": {"gstin": "29GBCTN1145H1ZE"}, "buyer": {"gstin": "33RNBCH9552B3ZM"},
    "line_items": [
      {"hsn_sac": "7306", "taxable_value": 6181.75, "gst_rate": 18},
      {"hsn_sac": "9405", "taxable_value": 4944.0, "gst_rate": 12.0}
    ],
    "taxable_total": 11125.75, "igst_total": 1705.99, "round_off": 0.26, "grand_total": 12832.0
  }""";

  private static final String SOUND_EWAY_BILL = """
  {
    "eway_bill_number": "536306578165", "generated_at": "2025-04-25T10:42",
    "generated_by_gstin": "29GBCTN1145H1ZE", "valid_until": "2025-04-26",
    "supplier": {"gstin": "29GBCTN1145H1ZE"}, "recipient": {"gstin": "URP"},
    "document_number": "VAC/25-26/66511", "document_date": "2025-04-25",
    "value_of_goods": 12832.0, "vehicle_number": "KA15BR2182"
  }""";

  private final FieldChecks checks = new FieldChecks(InstantSource.fixed(NOW));

  @Test
  void aSoundBillHasNoFindings() {
    assertThat(codes(DocType.BILL, SOUND_BILL)).isEmpty();
  }

  @Test
  void amountsAreSaidAsPeopleWriteThem() {
    var bill = SOUND_BILL.replace("\"igst_total\"", "\"cgst_total\": 900.00, \"igst_total\"");
    assertThat(findings(DocType.BILL, bill))
      .extracting(Finding::message)
      .contains("CGST is 900 but SGST is 0; they must be equal.");
  }

  @Test
  void anAmountThatNoMemoryHoldsIsNone() {
    var bill = SOUND_BILL.replace("6181.75", "1e999999999").replace("12832.0", "1e300000000");
    assertThat(codes(DocType.BILL, bill)).contains("field.missing");
  }

  @Test
  void aSoundEwayBillHasNoFindings() {
    assertThat(codes(DocType.EWAY_BILL, SOUND_EWAY_BILL)).isEmpty();
  }

  @Test
  void aMistypedGstinIsFoundOnItsField() {
    var bill = SOUND_BILL.replace("33RNBCH9552B3ZM", "33RNBCH9552B3ZN");
    assertThat(findings(DocType.BILL, bill))
      .singleElement()
      .satisfies(finding -> {
        assertThat(finding.code()).isEqualTo("gstin.invalid");
        assertThat(finding.path()).isEqualTo("/buyer/gstin");
      });
  }

  @Test
  void aGrandTotalThatDoesNotAddUpIsFoundWithBothSums() {
    var bill = SOUND_BILL.replace("12832.0", "12382.0");
    assertThat(findings(DocType.BILL, bill))
      .singleElement()
      .satisfies(finding -> {
        assertThat(finding.code()).isEqualTo("total.mismatch");
        assertThat(finding.message()).contains("12832.00").contains("12382");
      });
  }

  @Test
  void arithmeticIsAllowedARupee() {
    assertThat(codes(DocType.BILL, SOUND_BILL.replace("12832.0", "12833.0"))).isEmpty();
  }

  @Test
  void aLineThatAModelDroppedShowsInTheSums() {
    var bill = SOUND_BILL.replace(
      "{\"hsn_sac\": \"7306\", \"taxable_value\": 6181.75, \"gst_rate\": 18},",
      ""
    );
    assertThat(codes(DocType.BILL, bill)).containsExactly("lines.mismatch");
  }

  @Test
  void integratedTaxBesideCentralAndStateTaxIsFound() {
    var bill = SOUND_BILL.replace(
      "\"igst_total\": 1705.99",
      "\"igst_total\": 1000.99, \"cgst_total\": 352.5, \"sgst_total\": 352.5"
    );
    assertThat(codes(DocType.BILL, bill)).containsExactly("tax.mixed");
  }

  @Test
  void centralAndStateTaxThatDifferAreFound() {
    var bill = SOUND_BILL.replace(
      "\"igst_total\": 1705.99",
      "\"cgst_total\": 1000.99, \"sgst_total\": 705"
    );
    assertThat(codes(DocType.BILL, bill)).containsExactly("tax.unequal");
  }

  @Test
  void aRateAndAnHsnCodeThatDoNotExistAreFoundOnTheirLines() {
    var bill = SOUND_BILL.replace("\"gst_rate\": 18", "\"gst_rate\": 19").replace("9405", "940");
    assertThat(findings(DocType.BILL, bill))
      .extracting(Finding::path)
      .containsExactlyInAnyOrder("/line_items/0/gst_rate", "/line_items/1/hsn_sac");
  }

  @Test
  void todayIsIndiasToday() {
    assertThat(codes(DocType.BILL, SOUND_BILL.replace("2025-04-25", "2026-01-16"))).isEmpty();
    assertThat(codes(DocType.BILL, SOUND_BILL.replace("2025-04-25", "2026-01-17"))).containsExactly(
      "date.future"
    );
  }

  @Test
  void whatIdentifiesABillIsMissedWhereItIsNotRead() {
    assertThat(findings(DocType.BILL, "{}"))
      .extracting(Finding::path)
      .containsExactly("/invoice_number", "/invoice_date", "/grand_total");
  }

  @Test
  void whoeverChargesTaxHasAGstin() {
    var bill = SOUND_BILL.replace("\"29GBCTN1145H1ZE\"", "null");
    assertThat(findings(DocType.BILL, bill))
      .extracting(Finding::path)
      .containsExactly("/seller/gstin");
  }

  @Test
  void nobodySellsToThemselves() {
    var bill = SOUND_BILL.replace("33RNBCH9552B3ZM", "29GBCTN1145H1ZE");
    assertThat(codes(DocType.BILL, bill)).contains("party.same");
  }

  @Test
  void integratedTaxWithinAStateIsFound() {
    var bill = SOUND_BILL.replace("33RNBCH9552B3ZM", "29XUCTR1452R3Z1");
    assertThat(codes(DocType.BILL, bill)).containsExactly("tax.state_conflict");
  }

  @Test
  void anEwayBillWithAVehicleHasAValidity() {
    var ewayBill = SOUND_EWAY_BILL.replace("\"2025-04-26\"", "null");
    assertThat(findings(DocType.EWAY_BILL, ewayBill))
      .extracting(Finding::path)
      .containsExactly("/valid_until");
  }

  @Test
  void anEwayBillNumberHasTwelveDigits() {
    var ewayBill = SOUND_EWAY_BILL.replace("536306578165", "53630657816");
    assertThat(codes(DocType.EWAY_BILL, ewayBill)).containsExactly("eway_bill_number.invalid");
  }

  @Test
  void validityThatEndsBeforeItBeginsIsFound() {
    var ewayBill = SOUND_EWAY_BILL.replace("2025-04-26", "2025-04-24");
    assertThat(codes(DocType.EWAY_BILL, ewayBill)).containsExactly("validity.before_generation");
  }

  @Test
  void aNumberThatIsNoVehiclesIsFound() {
    var ewayBill = SOUND_EWAY_BILL.replace("KA15BR2182", "KA15BR218");
    assertThat(codes(DocType.EWAY_BILL, ewayBill)).containsExactly("vehicle.invalid");
  }

  private List<String> codes(DocType type, String fields) {
    return findings(type, fields).stream().map(Finding::code).toList();
  }

  private List<Finding> findings(DocType type, String fields) {
    try {
      return checks.findings(type, Json.mapper().readTree(fields));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
