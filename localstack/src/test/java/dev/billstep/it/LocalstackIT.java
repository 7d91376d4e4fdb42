package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    // What is logged is in its group a moment later.
    await().untilAsserted(() ->
      assertThat(stack.logs().ofJob(job, Instant.EPOCH))
        .as("what happened to page 3, from the functions' log groups")
        .filteredOn(line -> List.of(line.path("page").asText().split(",", -1)).contains("3"))
        .extracting(line -> line.path("step").asText() + " " + line.path("outcome").asText())
        .containsExactly("classify ok", "read ok")
    );

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
    jobs.whileOneSecondIsAllFor("SplitHandler", () -> {
      var job = jobs.upload(Samples.file("mixed-scanned"));
      jobs.ended(job);
      assertThat(jobs.row(job).path("error").asText()).isEqualTo("Sandbox.Timedout");
      assertThat(jobs.row(job).path("error_message").asText()).startsWith("A step took too long");
      assertThat(jobs.failedExecution(job).executionFailedEventDetails().error()).isEqualTo(
        "Sandbox.Timedout"
      );
    });
  }

  /** Of each state in turn, in the middle of its work. */
  @ParameterizedTest
  @ValueSource(strings = { "Claim", "Split", "Classify", "Read", "Persist" })
  void aFunctionThatIsKilledIsStartedAgainAndNoPageIsLostOrDoubled(String state) throws Exception {
    var handler = ".%sHandler".formatted(state);
    processes(handler).forEach(ProcessHandle::destroyForcibly);
    var job = jobs.upload(Samples.file("consignment-digital"));
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> processes(handler).findAny().isPresent());
    await()
      .atMost(Duration.ofMinutes(1))
      .pollInterval(Duration.ofMillis(20))
      .until(() -> processes(handler).anyMatch(LocalstackIT::isAtWork));
    processes(handler).forEach(ProcessHandle::destroyForcibly);
    jobs.ended(job);

    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.row(job).path("attempt").asInt()).isEqualTo(1);
    assertThat(jobs.docs(job))
      .extracting(doc -> doc.path("doc_type").asText())
      .containsExactly("bill", "eway_bill");
    assertThat(jobs.row(job).path("model_calls").asInt())
      .as("two readings, one batch")
      .isEqualTo(3);
  }

  /** By the time that it has computed: how long it has been there says little on a busy machine. */
  private static boolean isAtWork(ProcessHandle process) {
    var computed = process.info().totalCpuDuration();
    return computed.isPresent() && computed.get().compareTo(Duration.ofMillis(700)) > 0;
  }

  private static Stream<ProcessHandle> processes(String handler) {
    return ProcessHandle.current()
      .descendants()
      .filter(process -> process.info().commandLine().orElse("").endsWith(handler));
  }

  @Test
  void aFunctionThatIsEndedAgainAndAgainGivesItsPageUpAndTheOthersGoOn() {
    jobs.whileOneSecondIsAllFor("ReadHandler", () -> {
      var job = jobs.upload(Samples.file("consignment-scanned"));
      jobs.ended(job);
      assertThat(jobs.row(job).path("error").asText()).isEqualTo("TooManyPagesUnread");
      assertThat(jobs.docs(job))
        .hasSize(3)
        .extracting(doc -> doc.path("error").asText())
        .anyMatch(error -> error.startsWith("A step took too long"));
      assertThat(entered(jobs.history(job))).contains("GiveUpPage", "PageGivenUp");
    });
  }

  @Test
  void aDocumentOfManyPagesIsReadByExecutionsOfItsBatchesWhileItIsSplit() throws SQLException {
    whereOnePageIsMany("{\"onPageFailure\": \"continue\", \"maxFailedShare\": 0.5}", () -> {
      var job = jobs.upload(Samples.file("consignment-digital"));
      jobs.ended(job);
      assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
      assertThat(jobs.docs(job))
        .extracting(doc -> doc.path("doc_type").asText())
        .containsExactly("bill", "eway_bill");
      assertThat(entered(jobs.history(job)))
        .contains("SplitOnAndRead", "SplitOn", "ReadManyBatches", "Persist")
        .doesNotContain("ReadBatches", "Classify");
    });
  }

  @Test
  void aBatchOfManyThatFailsTellsTheJobWhy() throws SQLException {
    whereOnePageIsMany("{\"onPageFailure\": \"fatal\", \"maxFailedShare\": 0}", () ->
      jobs.whileOneSecondIsAllFor("ReadHandler", () -> {
        var job = jobs.upload(Samples.file("consignment-scanned"));
        jobs.ended(job);
        assertThat(jobs.row(job).path("status").asText()).isEqualTo("error");
        assertThat(jobs.row(job).path("error_message").asText()).startsWith("A step took too long");
        assertThat(entered(jobs.history(job))).contains("ReadManyBatches", "FindFailure");
      })
    );
  }

  /** Settings are cached for a minute; new containers of the function that reads them have none. */
  private void whereOnePageIsMany(String failurePolicy, Runnable work) throws SQLException {
    var database = stack.database();
    TestDatabase.sql(
      database,
      """
      UPDATE "Settings" SET value = value || '{"inlinePages": 1}' WHERE key = 'split.limits';
      UPDATE "Settings" SET value = '1' WHERE key = 'classify.batch_size';
      UPDATE "Settings" SET value = '{"batches": 1, "pages": 1}' WHERE key = 'concurrency';
      UPDATE "Settings" SET value = '%s' WHERE key = 'failure_policy'""".formatted(failurePolicy)
    );
    try {
      jobs.withNewContainersOf("ClaimHandler", work);
    } finally {
      TestDatabase.sql(
        database,
        """
        UPDATE "Settings" SET value = value || '{"inlinePages": 50}' WHERE key = 'split.limits';
        UPDATE "Settings" SET value = '4' WHERE key = 'classify.batch_size';
        UPDATE "Settings" SET value = '{"batches": 4, "pages": 4}' WHERE key = 'concurrency';
        UPDATE "Settings" SET value = '{"onPageFailure": "continue", "maxFailedShare": 0.5}'
        WHERE key = 'failure_policy'"""
      );
    }
  }

  @Test
  void anExecutionThatIsAbortedEndsAsAbortedAndItsJobSaysSo() {
    var job = jobs.upload(Samples.file("mixed-scanned"));
    jobs.started(job);
    // Between two states LocalStack now and then tells of a stop as of a failure.
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> entered(jobs.history(job)).contains("Split"));
    jobs.stopExecution(job);
    var last = jobs.failedExecution(job);
    assertThat(last.type()).isEqualTo(HistoryEventType.EXECUTION_ABORTED);
    assertThat(jobs.execution(job).status()).isEqualTo(ExecutionStatus.ABORTED);
    jobs.ended(job);
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("ExecutionAborted");
    assertThat(jobs.row(job).path("error_message").asText()).contains("stopped by an operator");
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
