package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.chat.Api;
import dev.billstep.chat.RecordedAnswers;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import dev.billstep.page.DocumentFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Whole runs of jobs that wait for their provider's batch, with what becomes of one. */
@ExtendWith(OnStackWithModelServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchInterfacesIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Of a page's call at 2 and 10 dollars a million, with the server's 2,000 tokens in and 600 out. */
  private static final double USD = 0.01;

  @TempDir
  Path folder;

  private final Jobs jobs;
  private final EmbeddedStack stack;
  private final RecordedAnswers server = RecordedAnswers.start();

  BatchInterfacesIT(EmbeddedStack stack) throws IOException {
    this.stack = stack;
    this.jobs = new Jobs(stack);
    var any = new ByteArrayOutputStream();
    ImageIO.write(DocumentFiles.scan(300, 400), "png", any);
    server.record(any.toByteArray(), "unknown", Json.read("{\"text\": \"hello\"}"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void pagesAreReadFromWhatTheBatchHasAnswered() {
    whileJobsMayWait(() -> {
      server.answerBatches(Api.OPENAI, 2);
      var before = server.calls().size();
      var job = ended("answered", 3);
      assertThat(server.batchesSent(Api.OPENAI)).endsWith(3);
      assertThat(server.calls().subList(before, server.calls().size())).allMatch(
        RecordedAnswers.Call::isClassification
      );
      assertThat(reads(job))
        .hasSize(3)
        .allSatisfy(call -> {
          assertThat(call.path("batch").asText()).startsWith("batch_");
          assertThat(call.path("cost_usd").asDouble()).isEqualTo(USD / 2);
        });
      assertThat(jobs.row(job).path("questions_sent_at").isNull()).isTrue();
      assertThat(jobs.docs(job))
        .extracting(doc -> doc.at("/ocr_payload/fields/text").asText())
        .containsOnly("hello");
      assertThat(jobs.history(job))
        .filteredOn(event -> event.type() == HistoryEventType.WAIT_STATE_ENTERED)
        .hasSize(2);
    });
  }

  @Test
  void whatABatchHasNotAnsweredWhenItExpiredIsAskedPageByPage() {
    whileJobsMayWait(() -> {
      server.expireBatches(Api.OPENAI, 1);
      var job = ended("expired", 3);
      assertThat(reads(job))
        .extracting(call -> call.path("batch").asText("at once").replaceAll("_.*", ""))
        .containsExactlyInAnyOrder("batch", "at once", "at once");
      assertThat(jobs.row(job).path("error_message").isNull()).isTrue();
    });
  }

  @Test
  void aCancelledJobsBatchIsCancelled() {
    whileJobsMayWait(() -> {
      server.answerBatches(Api.OPENAI, Integer.MAX_VALUE);
      long before = server.batchesCancelled(Api.OPENAI);
      var job = jobs.upload(TypedPages.pdf(folder, "cancelled", 2));
      await()
        .atMost(LIMIT)
        .until(() -> jobs.row(job).path("questions_sent_at").isTextual());
      var operator = new JobOperations(stack);
      assertThat(operator.state(job).sentence()).matches(
        "processing: 2 pages, 2 classified, 0 read; waits for the provider's batch " +
          "\\(sent \\d\\d:\\d\\d, answers within a day\\)"
      );
      operator.cancel(job);
      jobs.invoke("ResumeHandler", Map.of());
      await()
        .atMost(LIMIT)
        .until(() -> jobs.row(job).path("sent_questions").isNull());
      assertThat(server.batchesCancelled(Api.OPENAI)).isEqualTo(before + 1);
      assertThat(jobs.row(job).path("status").asText()).isEqualTo("error");
    });
  }

  /** A claim gives a job the settings that it keeps; other functions' are of a minute ago. */
  private void whileJobsMayWait(Runnable work) {
    set(
      "model",
      Map.of("provider", "openai", "model", "patient", "baseUrl", server.baseUrl(Api.OPENAI))
    );
    set("waiting", Map.of("probeSeconds", 1, "longestProbeSeconds", 1, "longestWaitHours", 24));
    set("prices", Map.of("openai/patient", Map.of("inputPerMillion", 2, "outputPerMillion", 10)));
    set("batch", true);
    try {
      jobs.withNewContainersOf("ClaimHandler", work);
    } finally {
      set("batch", false);
    }
  }

  private JobId ended(String name, int pages) {
    var job = jobs.upload(TypedPages.pdf(folder, name, pages));
    assertThat(jobs.ended(job).sentence()).startsWith("processed: %d pages".formatted(pages));
    return job;
  }

  private List<JsonNode> reads(JobId job) {
    return jobs
      .calls(job)
      .stream()
      .filter(call -> call.path("step").asText().equals("read"))
      .toList();
  }

  private void set(String key, Object value) {
    stack
      .database()
      .supabase()
      .upsert("Settings", Map.of("key", key, "value", value));
  }
}
