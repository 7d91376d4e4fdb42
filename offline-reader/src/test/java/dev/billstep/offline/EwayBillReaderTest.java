package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class EwayBillReaderTest {

  @Test
  void theDetailedPrintHasItsPartiesSideBySideAndItsDocumentInOneLine() {
    var fields = read(
      """
      e-Way Bill
      eWayBilINo: | 3432 15134238 | Generated Date: | 02/01/2026 07:14 PM
      Type: | Outward-Supply | Document Details: | Tax Invoice-GST/7757/25-26-06/04/2025
      2. Address Details
      From | | To
      GSTIN:29TLBOV6482P1ZK | | GSTIN:33SPFAB1051U9Z0
      New India Tools Pvt Ltd | | Jai Hind Tools
      Transporter ID & Name: | 29RNYHF8719P5ZM&TCI Freight
      """
    );
    assertThat(fields.path("eway_bill_number").asText()).isEqualTo("343215134238");
    assertThat(fields.at("/supplier/gstin").asText()).isEqualTo("29TLBOV6482P1ZK");
    assertThat(fields.at("/supplier/name").asText()).isEqualTo("New India Tools Pvt Ltd");
    assertThat(fields.at("/recipient/name").asText()).isEqualTo("Jai Hind Tools");
    assertThat(fields.path("document_number").asText()).isEqualTo("GST/7757/25-26");
    assertThat(fields.path("document_date").asText()).isEqualTo("2025-04-06");
    assertThat(fields.path("transporter").asText()).isEqualTo("TCI Freight");
  }

  @Test
  void aHyphenOfTheDocumentsDetailsMayBeReadAsADash() {
    var fields = read("e-Way Bill\nDocument Details: | Tax Invoice – 32118 – 06/04/2025\n");
    assertThat(fields.path("document_number").asText()).isEqualTo("32118");
    assertThat(fields.path("document_date").asText()).isEqualTo("2025-04-06");
  }

  @Test
  void everyVehicleLegOfPartBIsARow() {
    var fields = read(
      """
      e-Way Bill
      E-Way Bill No: | 5363 0657 8165
      Generated Date: | 25/04/2025 10:42 AM
      Approx Distance: | 181
      GSTIN of Supplier | 29GBCTN1145H1ZE, Vindhya Auto Components Ltd
      GSTIN of Recipient | URP, Malabar Spices Company
      Reason for Transportation | Outward - Supply
      Part - B
      Mode | Vehicle No | From | Entered Date | Entered By
      Road | KA15BR2182 | Bengaluru | 25/04/2025 10:42 AM | 29GBCTN1145H1ZE
      Road | TN37ER1663 | Hosur | 26/04/2025 06:10 PM | 29GBCTN1145H1ZE
      """
    );
    assertThat(fields.path("eway_bill_number").asText()).isEqualTo("536306578165");
    assertThat(fields.path("generated_at").asText()).isEqualTo("2025-04-25T10:42");
    assertThat(fields.path("distance_km").asInt()).isEqualTo(181);
    assertThat(fields.at("/supplier/name").asText()).isEqualTo("Vindhya Auto Components Ltd");
    assertThat(fields.at("/recipient/gstin").asText()).isEqualTo("URP");
    assertThat(fields.path("supply_type").asText()).isEqualTo("Outward");
    assertThat(fields.path("sub_supply_type").asText()).isEqualTo("Supply");
    assertThat(fields.path("vehicles")).hasSize(2);
    assertThat(fields.at("/vehicles/1/vehicle_number").asText()).isEqualTo("TN37ER1663");
    assertThat(fields.at("/vehicles/1/entered_at").asText()).isEqualTo("2025-04-26T18:10");
    assertThat(fields.path("vehicle_number").asText()).isEqualTo("KA15BR2182");
    assertThat(fields.path("mode").asText()).isEqualTo("Road");
  }

  @Test
  void datesPartiesAndValueAreFoundByTheFormsOrderWhereTheirLabelsAreUnknown() {
    var reading = Reading.ewayBill(
      PrintedPage.of(
        """
        25/04/2025, 18:12
        e-Way Bill
        E-Way Bill No: | 5363 0657 8165
        Erzeugt: | 25/04/2025 10:42 AM
        Gueltig: | 27/04/2025
        Nummer Lieferant: | 29GBCTN1145H1ZE
        Nummer Kunde: | 33SPFAB1051U9Z0
        Document No. | INV-17
        Beleg vom | 24/04/2025
        Summe | 2,85,515.00
        Transporter | 29RNYHF8719P5ZM & TCI Freight
        """
      )
    );
    var fields = reading.fields();
    assertThat(fields.path("generated_at").asText()).isEqualTo("2025-04-25T10:42");
    assertThat(fields.path("valid_until").asText()).isEqualTo("2025-04-27");
    assertThat(fields.path("document_date").asText()).isEqualTo("2025-04-24");
    assertThat(fields.at("/supplier/gstin").asText()).isEqualTo("29GBCTN1145H1ZE");
    assertThat(fields.at("/recipient/gstin").asText()).isEqualTo("33SPFAB1051U9Z0");
    assertThat(fields.path("value_of_goods").decimalValue()).isEqualByComparingTo("285515");
    assertThat(reading.flags()).contains("date.unlabelled", "party.ambiguous", "total.unlabelled");
  }

  @Test
  void theValueOfTheGoodsIsTheAmountThatTheOthersOfItsRowMake() {
    var parts =
      "e-Way Bill\nE-Way Bill No: | 5363 0657 8165\n13000.00 | 0.00 | 1170.00 | 1170.00 | ";
    assertThat(
      read(parts + "15340.00\n")
        .path("value_of_goods")
        .decimalValue()
    ).isEqualByComparingTo("15340");
    assertThat(
      read(parts + "15341.00\n")
        .path("value_of_goods")
        .isNull()
    ).isTrue();
  }

  private static JsonNode read(String page) {
    return Reading.ewayBill(PrintedPage.of(page)).fields();
  }
}
