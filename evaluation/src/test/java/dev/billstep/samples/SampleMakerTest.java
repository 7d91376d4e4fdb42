package dev.billstep.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.Gstin;
import dev.billstep.samples.SampleMaker.Condition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleMakerTest {

  @TempDir
  Path folder;

  @Test
  void whatIsExpectedIsPrintedAndAllLayoutsComeUp() throws IOException {
    new SampleMaker(Condition.DIGITAL, 5).make(60, folder);
    var layouts = new HashSet<String>();
    for (int number = 1; number <= 60; number++) {
      var page = expected(number);
      layouts.add(page.path("layout").asText());
      var text = text(number);
      for (var path : List.of("/invoice_number", "/seller/gstin", "/vehicle_number")) {
        var value = page.path("fields").at(path);
        if (!value.isMissingNode()) {
          assertThat(text).contains(value.asText());
        }
      }
    }
    assertThat(layouts).hasSizeGreaterThanOrEqualTo(17);
  }

  @Test
  void familiesLookLikeProgramsAndMarketplacesAndPagesThatShareABillsLookAreNone()
    throws IOException {
    new SampleMaker(Condition.DIGITAL, 9).make(400, folder);
    var types = new HashMap<String, String>();
    for (int number = 1; number <= 400; number++) {
      var page = expected(number);
      types.put(page.path("layout").asText(), page.path("doc_type").asText());
    }
    var forms = Stream.concat(BillForm.OF_PROGRAMS.stream(), BillForm.OF_MARKETPLACES.stream()).map(
      BillForm::family
    );
    assertThat(forms).allSatisfy(form -> assertThat(types).containsEntry(form, "bill"));
    assertThat(EwayForm.values()).allSatisfy(form ->
      assertThat(types).containsEntry(form.name(), "eway_bill")
    );
    assertThat(LikeBillForm.values()).allSatisfy(form ->
      assertThat(types).containsEntry(form.name(), "unknown")
    );
  }

  @Test
  void whatIsPrintedIsConsistent() throws IOException {
    new SampleMaker(Condition.DIGITAL, 6).make(24, folder);
    for (int number = 1; number <= 24; number++) {
      var fields = expected(number).path("fields");
      for (var gstin : fields.findValuesAsText("gstin")) {
        assertThat(Gstin.problem(gstin)).isEmpty();
      }
      // Where a bill has several rates, some programs print no total of a tax.
      if (fields.has("cgst_total") || fields.has("igst_total")) {
        var sum = new BigDecimal(fields.path("taxable_total").asText());
        for (var tax : List.of("cgst_total", "sgst_total", "igst_total")) {
          sum = sum.add(new BigDecimal(fields.path(tax).asText("0")));
        }
        var total = new BigDecimal(fields.path("grand_total").asText());
        assertThat(sum.subtract(total).abs()).isLessThan(BigDecimal.ONE);
      }
    }
  }

  @Test
  void theSameSeedMakesTheSameDocuments() throws IOException {
    var other = folder.resolve("other");
    new SampleMaker(Condition.DIGITAL, 7).make(12, folder.resolve("one"));
    new SampleMaker(Condition.DIGITAL, 7).make(12, other);
    for (int number = 1; number <= 12; number++) {
      var name = "%04d.expected.json".formatted(number);
      assertThat(other.resolve(name)).hasSameTextualContentAs(folder.resolve("one").resolve(name));
    }
  }

  @Test
  void aScriptOfIndiaStandsBesideTheLatinOne() throws IOException {
    new SampleMaker(
      Condition.DIGITAL,
      5,
      new Manner(Optional.of(Script.DEVANAGARI), UnfamiliarWords.NONE, 0)
    ).make(2, folder);
    // Conjuncts are drawn as one letter and lose their codes in a file's own text: "क्र." becomes " .".
    assertThat(text(2)).contains("गणेश");
  }

  @Test
  void unfamiliarWordsArePrintedAndExpectedAndLeaveNumbersAlone() throws IOException {
    var manner = new Manner(Optional.empty(), new UnfamiliarWords(1, 5), 0);
    new SampleMaker(Condition.DIGITAL, 5, manner).make(4, folder);
    for (int number = 1; number <= 4; number++) {
      assertThat(text(number)).doesNotContainIgnoringCase("invoice").doesNotContain("Total");
      for (var gstin : expected(number).path("fields").findValuesAsText("gstin")) {
        assertThat(text(number)).contains(gstin);
      }
    }
    var seller = expected(2).at("/fields/seller/name").asText();
    assertThat(text(2)).contains(seller.substring(0, seller.indexOf(' ')));
  }

  @Test
  void theSeedSaysWhichWordsAreUnfamiliar() {
    var words = new UnfamiliarWords(0.5, 1);
    var printed = "Invoice Number, Invoice Date, Total Amount, Description, Quantity";
    assertThat(words.in(printed)).isEqualTo(new UnfamiliarWords(0.5, 1).in(printed));
    assertThat(words.in(printed)).isNotEqualTo(new UnfamiliarWords(0.5, 2).in(printed));
  }

  @Test
  void aMistypedGstinHasAWrongCheckCharacterInPrintAndInWhatIsExpected() throws IOException {
    var manner = new Manner(Optional.empty(), UnfamiliarWords.NONE, 1);
    new SampleMaker(Condition.DIGITAL, 5, manner).make(2, folder);
    var gstins = expected(2).path("fields").findValuesAsText("gstin");
    assertThat(gstins)
      .isNotEmpty()
      .allSatisfy(gstin -> {
        assertThat(Gstin.problem(gstin)).isPresent();
        assertThat(text(2)).contains(gstin);
      });
  }

  @Test
  void aWornPageIsAnImageWithoutText() throws IOException {
    new SampleMaker(Condition.DEGRADED, 8).make(2, folder);
    var texts = new ArrayList<String>();
    for (int number = 1; number <= 2; number++) {
      texts.add(text(number).strip());
    }
    assertThat(texts).containsOnly("");
  }

  @Test
  void amountsAreGroupedAndSpelledAsInIndia() {
    assertThat(Amounts.grouped(new BigDecimal("12345678.5"))).isEqualTo("1,23,45,678.50");
    assertThat(Amounts.grouped(new BigDecimal("-0.04"))).isEqualTo("-0.04");
    assertThat(Amounts.inWords(new BigDecimal("120045.00"))).isEqualTo(
      "Rupees One Lakh Twenty Thousand Forty Five Only"
    );
  }

  private JsonNode expected(int number) throws IOException {
    var file = folder.resolve("%04d.expected.json".formatted(number));
    return Json.read(Files.readAllBytes(file), JsonNode.class).path(0);
  }

  private String text(int number) throws IOException {
    try (var document = Loader.loadPDF(folder.resolve("%04d.pdf".formatted(number)).toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }
}
