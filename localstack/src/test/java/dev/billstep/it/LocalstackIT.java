package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** The unchanged template on LocalStack: the same rows, and a history that names everything. */
@ExtendWith(OnLocalstack.class)
class LocalstackIT {

  @TempDir
  Path folder;

  private final EmbeddedStack stack;
  private final Jobs jobs;

  LocalstackIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
  }

  @Test
  void anUploadBecomesTheSameRowsAsOnTheEmbeddedEngine() throws IOException {
    var job = jobs.upload(Samples.file("consignment-scanned"));
    jobs.ended(job);

    var docs = jobs.docs(job);
    assertThat(docs)
      .extracting(doc -> doc.path("doc_type").asText())
      .containsExactly("bill", "eway_bill", "bill");
    var identifying = List.of("/invoice_number", "/eway_bill_number", "/grand_total");
    for (var page : Samples.expected("consignment-scanned")) {
      var fields = docs.get(page.path("page_number").asInt() - 1).at("/ocr_payload/fields");
      for (var path : identifying) {
        var expected = page.path("fields").at(path);
        if (!expected.isMissingNode()) {
          assertThat(fields.at(path).asText()).startsWith(text(expected));
        }
      }
    }
    var image = stack.fetchPage(URI.create(docs.getFirst().path("storage_uri").asText()));
    assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isGreaterThan(1_000);

    assertThat(entered(jobs.history(job))).containsSubsequence(
      "Claim",
      "IsThereAnythingToDo",
      "Split",
      "ReadBatches",
      "Classify",
      "ReadPages",
      "Read",
      "Persist"
    );
    assertThat(jobs.history(job))
      .filteredOn(event -> event.type() == HistoryEventType.MAP_ITERATION_SUCCEEDED)
      .as("one batch, three pages")
      .hasSize(4);
  }

  @Test
  void whatCanNotBeReadFailsUnderItsOwnName() throws IOException {
    var job = jobs.upload(Files.writeString(folder.resolve("letter.pdf"), "Dear Sir"));
    jobs.ended(job);
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("UploadRejected.NotADocument");
    var failed = jobs.failedExecution(job);
    assertThat(failed.executionFailedEventDetails().error()).isEqualTo(
      "UploadRejected.NotADocument"
    );
  }

  @Test
  void aFunctionThatTakesLongerThanItMayIsStoppedAndTheJobSaysSo() {
    try (var lambda = stack.lambda()) {
      var split = lambda
        .listFunctionsPaginator()
        .functions()
        .stream()
        .filter(function -> function.handler().endsWith(".SplitHandler"))
        .findFirst()
        .orElseThrow();
      lambda.updateFunctionConfiguration(update ->
        update.functionName(split.functionName()).timeout(1)
      );
      try {
        var job = jobs.upload(Samples.file("mixed-scanned"));
        jobs.ended(job);
        assertThat(jobs.row(job).path("error").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(jobs.row(job).path("error_message").asText()).startsWith(
          "A step took longer than it may"
        );
        assertThat(jobs.failedExecution(job).executionFailedEventDetails().error()).isEqualTo(
          "Sandbox.Timedout"
        );
      } finally {
        lambda.updateFunctionConfiguration(update ->
          update.functionName(split.functionName()).timeout(split.timeout())
        );
      }
    }
  }

  @Test
  void anExecutionThatIsAbortedEndsAsAborted() {
    var job = jobs.upload(Samples.file("mixed-scanned"));
    jobs.started(job);
    try (var sfn = stack.sfn()) {
      var execution = jobs.row(job).path("execution").asText();
      sfn.stopExecution(stop -> stop.executionArn(execution).error("Operator").cause("asked to"));
    }
    var last = jobs.failedExecution(job);
    assertThat(last.type()).isEqualTo(HistoryEventType.EXECUTION_ABORTED);
    assertThat(jobs.execution(job).status()).isEqualTo(ExecutionStatus.ABORTED);
  }

  private static List<String> entered(List<HistoryEvent> history) {
    return history
      .stream()
      .map(HistoryEvent::stateEnteredEventDetails)
      .filter(Objects::nonNull)
      .map(details -> details.name())
      .toList();
  }

  private static String text(JsonNode expected) {
    return expected.isNumber()
      ? expected.decimalValue().stripTrailingZeros().toPlainString()
      : expected.asText();
  }
}
