package dev.billstep.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** What other programs get. */
class ExportTest {

  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000007");

  private static final UUID BUNDLED = UUID.fromString("00000000-0000-4000-8000-000000000009");

  private static final String BILL = """
  {"document_title": "TAX INVOICE", "invoice_number": "INV/7", "invoice_date": "2026-05-01",
   "seller": {"name": "Asha & Sons", "gstin": "29ABCDE1234F1Z5"},
   "line_items": [{"description": "Pipe, 2\\"", "quantity": 10, "total": 118.00},
                  {"description": "=cmd|' /C calc'!A0", "quantity": 1, "total": -18.50}],
   "taxable_total": 1000.00, "cgst_total": 90.00, "sgst_total": 90.00, "igst_total": null,
   "cess_total": null, "round_off": 0.00, "grand_total": 1180.00}
  """;

  @TempDir
  Path folder;

  @Test
  void theColumnsAreTheSchemasFieldsInTheirOrder() throws IOException {
    var layout = layout();
    assertThat(layout.values())
      .extracting(Layout.Column::name)
      .startsWith("document_title", "invoice_number", "invoice_date", "seller.name")
      .contains("payment.bank", "grand_total")
      .doesNotContain("line_items");
    assertThat(layout.tables()).hasSize(1);
    assertThat(layout.tables().getFirst().columns())
      .extracting(Layout.Column::name)
      .startsWith("description", "hsn_sac", "quantity");
  }

  @Test
  void aTableHasARowAPage() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var csv = CsvDocs.pages(layout(), out)) {
      csv.write(bill(BILL));
    }
    var lines = text(out).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("id,job_id,file_name,page_number,pages,review");
    assertThat(lines.getLast())
      .contains("bill.pdf,2,2 3,approved,asha")
      .contains(",false," + BUNDLED + ",")
      .contains("INV/7,2026-05-01,Asha & Sons,,29ABCDE1234F1Z5")
      .contains(",1180,");
  }

  @Test
  void orARowALine() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var csv = CsvDocs.lines(layout(), out)) {
      csv.write(bill(BILL));
      csv.write(bill("{\"invoice_number\": \"8\"}"));
    }
    assertThat(text(out).lines()).hasSize(4);
    assertThat(text(out)).contains("\"Pipe, 2\"\"\"").contains(",-18.5");
  }

  @ParameterizedTest
  @CsvSource({ "=1+1", "+1+1", "-1+1", "@SUM(A1)", "'\t=1+1'" })
  void aTextThatASpreadsheetWouldWorkOutIsShownAsItIs(String formula) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var csv = CsvDocs.pages(layout(), out)) {
      csv.write(bill("{\"invoice_number\": %s}".formatted(Json.text(formula))));
    }
    assertThat(text(out)).contains("'" + formula);
  }

  @Test
  void aWorkbookHasASheetOfPagesAndOneOfLinesWithNumbersAndDatesAndNoFormula() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var workbook = new WorkbookDocs("bill", layout(), out)) {
      workbook.write(bill(BILL));
    }
    assertThat(entry(out, "xl/workbook.xml")).contains("bill").contains("line_items");
    var pages = entry(out, "xl/worksheets/sheet1.xml");
    assertThat(pages).contains("<v>1180").doesNotContain("<f>");
    assertThat(pages).as("1 May 2026, in days").contains("<v>46143");
    assertThat(entry(out, "xl/worksheets/sheet2.xml")).contains("<v>-18.5").doesNotContain("<f>");
    assertThat(entry(out, "xl/sharedStrings.xml")).contains("=cmd|");
  }

  @Test
  void jsonHasAllFieldsAsOneArrayOrALineEach() throws IOException {
    var array = new ByteArrayOutputStream();
    var lines = new ByteArrayOutputStream();
    try (var json = JsonDocs.array(array); var jsonl = JsonDocs.lines(lines)) {
      for (int i = 0; i < 2; i++) {
        json.write(bill(BILL));
        jsonl.write(bill(BILL));
      }
    }
    assertThat(Json.read(text(array))).hasSize(2);
    assertThat(text(lines).lines().map(Json::read))
      .hasSize(2)
      .allSatisfy(doc -> {
        assertThat(doc.path("page_number").asInt()).isEqualTo(2);
        assertThat(doc.path("pages")).extracting(JsonNode::asInt).containsExactly(2, 3);
        assertThat(doc.at("/fields/grand_total").decimalValue()).isEqualByComparingTo("1180");
      });
  }

  @Test
  void nothingIsAnEmptyArrayAndNoLines() throws IOException {
    var array = new ByteArrayOutputStream();
    JsonDocs.array(array).close();
    assertThat(Json.read(text(array))).isEmpty();
    var lines = new ByteArrayOutputStream();
    JsonDocs.lines(lines).close();
    assertThat(text(lines)).isBlank();
  }

  @Test
  void tallyIsAskedToBookThePurchaseWithItsTaxes() throws Exception {
    var xml = vouchers(Optional.of("Asha & Co"), bill(BILL));
    assertThat(xml.value("/ENVELOPE/HEADER/TALLYREQUEST")).isEqualTo("Import Data");
    assertThat(xml.value("/ENVELOPE/BODY/IMPORTDATA/REQUESTDESC/REPORTNAME")).isEqualTo("Vouchers");
    assertThat(xml.value("//SVCURRENTCOMPANY")).isEqualTo("Asha & Co");
    assertThat(xml.value("//TALLYMESSAGE/VOUCHER/@VCHTYPE")).isEqualTo("Purchase");
    assertThat(xml.value("//VOUCHER/@REMOTEID")).isEqualTo("billstep-" + ID);
    assertThat(xml.value("//VOUCHER/DATE")).isEqualTo("20260501");
    assertThat(xml.value("//VOUCHER/REFERENCE")).isEqualTo("INV/7");
    assertThat(xml.value("//VOUCHER/PARTYLEDGERNAME")).isEqualTo("Asha & Sons");
    assertThat(xml.amountOf("Asha & Sons")).as("a credit").isEqualTo("1180.00");
    assertThat(xml.amountOf("Purchase")).as("a debit").isEqualTo("-1000.00");
    assertThat(xml.amountOf("CGST")).isEqualTo("-90.00");
    assertThat(xml.value("//ALLLEDGERENTRIES.LIST[LEDGERNAME='CGST']/ISDEEMEDPOSITIVE")).isEqualTo(
      "Yes"
    );
    assertThat(xml.value("//BILLALLOCATIONS.LIST/BILLTYPE")).isEqualTo("New Ref");
    assertThat(xml.value("sum(//ALLLEDGERENTRIES.LIST/AMOUNT)")).isEqualTo("0");
  }

  @Test
  void aCreditNoteGoesTheOtherWay() throws Exception {
    var xml = vouchers(Optional.empty(), bill(BILL.replace("TAX INVOICE", "CREDIT NOTE")));
    assertThat(xml.value("//VOUCHERTYPENAME")).isEqualTo("Debit Note");
    assertThat(xml.amountOf("Asha & Sons")).isEqualTo("-1180.00");
    assertThat(xml.amountOf("Purchase")).isEqualTo("1000.00");
  }

  @Test
  void whatABillRoundsToIsBookedWhetherItIsPrintedOrNot() throws Exception {
    var unprinted = BILL.replace("\"taxable_total\": 1000.00", "\"taxable_total\": 1000.40");
    assertThat(vouchers(Optional.empty(), bill(unprinted)).amountOf("Round Off")).isEqualTo("0.40");
    var printed = unprinted.replace("\"round_off\": 0.00", "\"round_off\": -0.40");
    assertThat(vouchers(Optional.empty(), bill(printed)).amountOf("Round Off")).isEqualTo("0.40");
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "\"grand_total\": 1180.00 | \"grand_total\": 1280.00 | its parts make 1180.00, its total is 1280.00",
      "\"grand_total\": 1180.00 | \"grand_total\": null    | its grand total is missing",
      "\"name\": \"Asha & Sons\" | \"name\": \" \"          | the seller's name is missing",
      "\"INV/7\"                 | null                     | its number is missing",
      "\"2026-05-01\"            | null                     | its date is missing",
    }
  )
  void aBillThatDoesNotAddUpIsLeftOutAndSaysWhy(String is, String instead, String why)
    throws Exception {
    var out = new ByteArrayOutputStream();
    var vouchers = new TallyVouchers(Optional.empty(), TallyLedgers.USUAL, out);
    try (vouchers) {
      vouchers.write(bill(BILL.replace(is, instead)));
    }
    assertThat(text(out)).doesNotContain("<VOUCHER");
    assertThat(vouchers.leftOut()).containsExactly("bill.pdf pages 2, 3: " + why);
  }

  @Test
  void textThatNoXmlMayHaveIsLeftOutOfIt() throws Exception {
    var xml = vouchers(Optional.empty(), bill(BILL.replace("INV/7", "INV\\u0001/<7>")));
    assertThat(xml.value("//REFERENCE")).isEqualTo("INV/<7>");
  }

  private static Xml vouchers(Optional<String> company, ExportedDoc doc) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var vouchers = new TallyVouchers(company, TallyLedgers.USUAL, out)) {
      vouchers.write(doc);
      assertThat(vouchers.leftOut()).isEmpty();
    }
    return new Xml(
      DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(out.toByteArray())),
      XPathFactory.newInstance().newXPath()
    );
  }

  private static ExportedDoc bill(String fields) {
    return new ExportedDoc(
      ID,
      UUID.fromString("00000000-0000-4000-8000-000000000008"),
      Optional.of("bill.pdf"),
      2,
      List.of(2, 3),
      "bill",
      "approved",
      Optional.of("asha"),
      Instant.parse("2026-05-02T10:00:00Z"),
      false,
      List.of(BUNDLED),
      Json.read(fields)
    );
  }

  private static Layout layout() throws IOException {
    return Layout.of(schema());
  }

  private static JsonNode schema() throws IOException {
    return Json.read(
      Files.readString(Path.of("..", "prisma", "doctypes", "bill", "v2.schema.json"))
    );
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String entry(ByteArrayOutputStream out, String name) throws IOException {
    var file = Files.write(folder.resolve("book.xlsx"), out.toByteArray());
    try (
      var zip = new ZipFile(file.toFile());
      var in = zip.getInputStream(Objects.requireNonNull(zip.getEntry(name), name))
    ) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private record Xml(Document document, XPath xpath) {
    String value(String path) throws Exception {
      return xpath.evaluate(path, document);
    }

    String amountOf(String ledger) throws Exception {
      return value("//ALLLEDGERENTRIES.LIST[LEDGERNAME='%s']/AMOUNT".formatted(ledger));
    }
  }
}
