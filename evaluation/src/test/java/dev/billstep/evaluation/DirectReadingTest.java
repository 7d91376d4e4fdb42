package dev.billstep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.evaluation.DirectReading.Wear;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.Word;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Finding.Severity;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.Usage;
import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import dev.billstep.storage.FilePageStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectReadingTest {

  @TempDir
  Path folder;

  private final List<PageImage> looked = new ArrayList<>();

  @BeforeEach
  void makeADocument() {
    new SampleMaker(Condition.DIGITAL, 3).make(1, folder);
  }

  @Test
  void aRowHasWhatTheModelSaysAndWhatTheChecksSayOfIt() {
    var row = reading(Wear.NONE).rows(folder.resolve("0001.pdf")).getFirst();
    assertThat(row.path("doc_type").asText()).isEqualTo("bill");
    assertThat(row.at("/ocr_payload/fields/invoice_number").asText()).isEqualTo("A-1");
    assertThat(row.at("/ocr_payload/findings").findValuesAsText("code")).contains(
      "field.missing",
      "number.doubted"
    );
    assertThat(row.path("needs_review").asBoolean()).isTrue();
    assertThat(looked.getFirst().words()).isNotEmpty();
  }

  @Test
  void aDocumentThatWasSplitBeforeIsNotSplitAgain() throws Exception {
    var document = folder.resolve("0001.pdf");
    reading(Wear.NONE).rows(document);
    var kept = Files.getLastModifiedTime(Path.of(URI.create(storageUri(document))));
    reading(Wear.NONE).rows(document);
    assertThat(Files.getLastModifiedTime(Path.of(URI.create(storageUri(document))))).isEqualTo(
      kept
    );
  }

  @Test
  void aWornPageIsAnotherThanTheDocumentsOwn() {
    var document = folder.resolve("0001.pdf");
    reading(Wear.NONE).rows(document);
    reading(new Inverted()).rows(document);
    assertThat(looked.getLast().words()).isEmpty();
    assertThat(looked.getLast().bytes()).isEqualTo(Inverted.PNG);
    assertThat(looked.getFirst().bytes()).isNotEqualTo(Inverted.PNG);
  }

  private String storageUri(Path document) {
    return reading(Wear.NONE).rows(document).getFirst().path("storage_uri").asText();
  }

  private DirectReading reading(Wear wear) {
    var schema = Json.mapper().createObjectNode().put("type", "object");
    return new DirectReading(
      new OneNumber(),
      "test/one",
      Map.of(DocType.BILL, new DocTypeSchema(DocType.BILL, 1, schema, new Prompt("1", ""))),
      new FieldChecks(InstantSource.fixed(Instant.parse("2026-11-25T06:00:00Z"))),
      new SplitLimits(1_000_000, 10, 10_000_000, 72, 10),
      new FilePageStore(folder.resolve("kept")),
      wear
    );
  }

  /** Takes every page for a bill with one number. */
  private final class OneNumber implements PageModel {

    @Override
    public Labels classify(List<PageImage> pages, Prompt prompt) {
      return new Labels(List.of(new Label(DocType.BILL, 0.9)), Usage.NONE);
    }

    @Override
    public Answer read(PageImage page, DocTypeSchema schema) {
      looked.add(page);
      JsonNode fields = Json.mapper().createObjectNode().put("invoice_number", "A-1");
      var doubt = new Finding("number.doubted", "/invoice_number", "?", Severity.WARNING);
      return new Answer(
        fields,
        "A-1",
        List.of(),
        List.of(),
        new TreeMap<>(),
        List.of(doubt),
        Usage.NONE
      );
    }

    @Override
    public Answer repair(
      PageImage page,
      DocTypeSchema schema,
      Answer first,
      List<String> problems
    ) {
      return first;
    }
  }

  private record Inverted() implements Wear {
    static final byte[] PNG = { 1, 2, 3 };

    @Override
    public String name() {
      return "inverted";
    }

    @Override
    public List<Word> words(List<Word> layer) {
      return List.of();
    }

    @Override
    public byte[] worn(byte[] png) {
      return PNG;
    }
  }
}
