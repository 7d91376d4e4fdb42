package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The main job: an upload to the bucket becomes rows, by way of the real state machine. */
@ExtendWith(OnEmbeddedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobIT {

  private static final List<String> PACKS = List.of(
    "consignment-digital",
    "consignment-scanned",
    "mixed-scanned"
  );

  /** What identifies a document, by doc type. */
  private static final Map<String, List<String>> IDENTIFYING = Map.of(
    "bill",
    List.of(
      "/invoice_number",
      "/invoice_date",
      "/seller/gstin",
      "/buyer/gstin",
      "/taxable_total",
      "/round_off",
      "/grand_total"
    ),
    "eway_bill",
    List.of(
      "/eway_bill_number",
      "/generated_at",
      "/generated_by_gstin",
      "/distance_km",
      "/valid_until",
      "/supplier/gstin",
      "/recipient/gstin",
      "/document_number",
      "/document_date",
      "/value_of_goods",
      "/vehicle_number"
    )
  );

  private final EmbeddedStack stack;
  private final Jobs jobs;
  private final Map<String, JobId> uploaded = new HashMap<>();

  MainJobIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
  }

  @BeforeAll
  void uploadThreePacksAtOnce() {
    PACKS.forEach(pack -> uploaded.put(pack, jobs.upload(Samples.file(pack))));
    uploaded.values().forEach(jobs::ended);
  }

  @ParameterizedTest
  @ValueSource(strings = { "consignment-digital", "consignment-scanned", "mixed-scanned" })
  void everyPageHasOneRowOfTheRightType(String pack) {
    var expected = Samples.expected(pack);
    var docs = jobs.docs(job(pack));
    assertThat(docs)
      .extracting(doc -> doc.path("page_number").asInt())
      .containsExactlyElementsOf(IntStream.rangeClosed(1, expected.size()).boxed().toList());
    assertThat(docs)
      .extracting(doc -> doc.path("doc_type").asText())
      .containsExactlyElementsOf(
        expected
          .stream()
          .map(page -> page.path("doc_type").asText())
          .toList()
      );
    assertThat(docs).allSatisfy(doc -> {
      var isUnknown = doc.path("doc_type").asText().equals("unknown");
      assertThat(doc.path("status").asText()).isEqualTo(isUnknown ? "unknown" : "draft_pending");
      assertThat(doc.path("model_id").asText()).isEqualTo("offline/ppocr-v6");
      assertThat(doc.path("schema_version").asInt()).isEqualTo(isUnknown ? 1 : 2);
      assertThat(doc.path("prompt_version").asText()).isNotBlank();
      assertThat(doc.path("confidence").asDouble()).isBetween(0.5, 1.0);
      assertThat(doc.path("error").isNull()).isTrue();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = { "consignment-digital", "consignment-scanned", "mixed-scanned" })
  void whatIdentifiesADocumentIsReadWithoutAMistake(String pack) {
    var docs = jobs.docs(job(pack));
    for (var page : Samples.expected(pack)) {
      var fields = docs.get(page.path("page_number").asInt() - 1).at("/ocr_payload/fields");
      for (var path : IDENTIFYING.getOrDefault(page.path("doc_type").asText(), List.of())) {
        assertSame(
          pack + " page " + page.path("page_number") + " " + path,
          fields.at(path),
          page.path("fields").at(path)
        );
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = { "consignment-digital", "consignment-scanned", "mixed-scanned" })
  void soundDocumentsHaveNoFindings(String pack) {
    // On a scan an O may be read as 0: the check character tells which it was, and a person confirms it.
    assertThat(jobs.docs(job(pack))).allSatisfy(doc ->
      assertThat(doc.at("/ocr_payload/findings").valueStream())
        .filteredOn(finding -> !finding.path("code").asText().equals("gstin.repaired"))
        .isEmpty()
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "consignment-digital", "consignment-scanned", "mixed-scanned" })
  void theGoodsAreLineItems(String pack) {
    var docs = jobs.docs(job(pack));
    for (var page : Samples.expected(pack)) {
      var expected = page.at("/fields/line_items");
      var items = docs
        .get(page.path("page_number").asInt() - 1)
        .at("/ocr_payload/fields/line_items");
      assertThat(items).hasSameSizeAs(expected);
      for (int index = 0; index < expected.size(); index++) {
        for (var field : List.of(
          "/hsn_sac",
          "/quantity",
          "/unit_price",
          "/taxable_value",
          "/gst_rate"
        )) {
          assertSame(
            pack + " item " + index + field,
            items.path(index).at(field),
            expected.path(index).at(field)
          );
        }
      }
    }
  }

  @Test
  void theJobTellsWhenItWasStartedAndProcessed() {
    var row = jobs.row(job("mixed-scanned"));
    assertThat(row.path("status").asText()).isEqualTo("processed");
    assertThat(row.path("attempt").asInt()).isEqualTo(1);
    assertThat(row.path("page_count").asInt()).isEqualTo(6);
    assertThat(row.path("failed_at").isNull()).isTrue();
    assertThat(row.path("error").isNull()).isTrue();
    assertThat(row.path("lease_until").isNull()).isTrue();
    assertThat(time(row, "created_at")).isBeforeOrEqualTo(time(row, "started_at"));
    assertThat(time(row, "started_at")).isBefore(time(row, "completed_at"));
  }

  /** As behind its URL, where the names of headers come in lower case. */
  @Test
  void theFunctionThatIsScrapedSaysWhatTheRowsSay() {
    jobs.ended(job("mixed-scanned"));
    var openMetrics = Map.of("accept", "application/openmetrics-text; version=1.0.0");
    var answer = jobs.invoke("MetricsHandler", Map.of("headers", openMetrics));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.at("/headers/content-type").asText()).startsWith(
      "application/openmetrics-text"
    );
    assertThat(answer.path("body").asText())
      .contains("billstep_pages_processed_total{doc_type=\"eway_bill\",outcome=\"read\"}")
      .endsWith("# EOF\n");
  }

  @Test
  void aScannedPagesImageIsItsScanSampleForSample() throws IOException {
    var docs = jobs.docs(job("mixed-scanned"));
    try (var pdf = Loader.loadPDF(Samples.file("mixed-scanned").toFile())) {
      for (var doc : docs) {
        var resources = pdf.getPage(doc.path("page_number").asInt() - 1).getResources();
        var name = resources.getXObjectNames().iterator().next();
        var scan = ((PDImageXObject) resources.getXObject(name)).getImage();
        var stored = ImageIO.read(new ByteArrayInputStream(image(doc)));
        assertThat(stored.getWidth()).isEqualTo(scan.getWidth());
        assertThat(stored.getHeight()).isEqualTo(scan.getHeight());
        assertThat(
          stored.getRaster().getSamples(0, 0, scan.getWidth(), scan.getHeight(), 0, (int[]) null)
        ).isEqualTo(
          scan.getRaster().getSamples(0, 0, scan.getWidth(), scan.getHeight(), 0, (int[]) null)
        );
      }
    }
  }

  @Test
  void readingTheSameFileAgainStoresTheSameImagesByteForByte() {
    var again = jobs.upload(Samples.file("consignment-digital"));
    jobs.ended(again);
    var first = jobs.docs(job("consignment-digital"));
    var second = jobs.docs(again);
    for (int page = 0; page < first.size(); page++) {
      var name = "/jobs/%s/pages/%s.png".formatted(again, Sha256.of(image(second.get(page))));
      assertThat(second.get(page).path("storage_uri").asText()).endsWith(name);
      assertThat(image(second.get(page))).isEqualTo(image(first.get(page)));
    }
  }

  @Test
  void theExecutionWasStartedByTheUploadAndWentThroughEveryState() {
    var history = jobs.history(job("mixed-scanned"));
    assertThat(history.getFirst().executionStartedEventDetails().input())
      .contains("\"Object Created\"")
      .contains("\"aws.s3\"")
      .contains(job("mixed-scanned").toString());
    assertThat(history)
      .filteredOn(event -> event.stateEnteredEventDetails() != null)
      .extracting(event -> event.type() + " " + event.stateEnteredEventDetails().name())
      .containsSubsequence(
        "TaskStateEntered Claim",
        "ChoiceStateEntered IsThereAnythingToDo",
        "TaskStateEntered Split",
        "MapStateEntered ReadBatches",
        "TaskStateEntered Persist"
      );
    assertThat(answers(history, "pages")).as("batches of 4 of 6 pages").hasSize(2);
    assertThat(answers(history, "page"))
      .extracting(JsonNode::asInt)
      .as("pages that were read")
      .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(jobs.execution(job("mixed-scanned")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void noPayloadOfTheExecutionCarriesWhatIsOnAPage() {
    assertThat(jobs.history(job("mixed-scanned"))).allSatisfy(event ->
      assertThat(event.toString()).doesNotContain("27CFOTR4553E2ZT", "SBT/25-26/65079")
    );
  }

  /** The emulator's history names no state inside a map; what the functions answered it does. */
  private static List<JsonNode> answers(List<HistoryEvent> history, String field) {
    return history
      .stream()
      .map(HistoryEvent::taskSucceededEventDetails)
      .filter(Objects::nonNull)
      .map(task -> Json.read(task.output().getBytes(StandardCharsets.UTF_8), JsonNode.class))
      .map(output -> output.path("Payload").path(field))
      .filter(answer -> !answer.isMissingNode())
      .toList();
  }

  private JobId job(String pack) {
    return Objects.requireNonNull(uploaded.get(pack));
  }

  private byte[] image(JsonNode doc) {
    return stack.fetchPage(URI.create(doc.path("storage_uri").asText()));
  }

  private static OffsetDateTime time(JsonNode row, String column) {
    return OffsetDateTime.parse(row.path(column).asText());
  }

  /** A moment may be read more exactly than is expected of it: a time behind the date. */
  private static void assertSame(String what, JsonNode read, JsonNode expected) {
    if (expected.isNumber()) {
      assertThat(read.isNumber())
        .as(what + " is read")
        .isTrue();
      assertThat(read.decimalValue()).as(what).isEqualByComparingTo(expected.decimalValue());
    } else {
      assertThat(read.asText()).as(what).startsWith(expected.asText()).isNotBlank();
    }
  }
}
