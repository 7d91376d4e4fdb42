package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.PartHealth;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.job.JobId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of the stack is killed while jobs run: it is started again, and the jobs go on. */
class SupervisionIT {

  private static final Path FILE = Samples.file("consignment-digital");
  private static final int PAGES = Samples.expected("consignment-digital").size();
  private static final int JOBS = 6;

  @TempDir
  static Path pages;

  private static EmbeddedStack stack;
  private static Jobs jobs;

  @BeforeAll
  static void start() {
    stack = EmbeddedStack.start(
      Project.ofSystemProperty(),
      Engine.EMBEDDED,
      PagesRoot.folder(pages),
      Map.of(),
      Progress.silent()
    );
    jobs = new Jobs(stack);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = { "PostgreSQL", "The function host", "The AWS emulator" })
  void whateverProcessIsKilledEveryJobEndsWithItsRows(String part) throws Exception {
    var before = health(part);
    assertThat(before.isUp()).isTrue();
    var uploaded = Stream.generate(() -> jobs.upload(FILE))
      .limit(JOBS)
      .toList();
    jobs.started(uploaded.getFirst());

    kill(before.pid());

    await()
      .atMost(Duration.ofMinutes(1))
      .untilAsserted(() -> {
        var after = health(part);
        assertThat(after.isUp()).as(after.toString()).isTrue();
        assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
        assertThat(after.since()).isAfter(before.since());
      });
    assertThat(stack.parts())
      .filteredOn(each -> !each.name().equals(part))
      .as("nothing else had to be started again")
      .allMatch(PartHealth::isUp);
    for (var job : uploaded) {
      var end = jobs.ended(job);
      assertThat(end.isProcessed()).as(end.sentence()).isTrue();
      assertThat(jobs.docs(job)).hasSize(PAGES);
      assertThat(paidFor(job)).as("what was asked of the model").doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsUploadedAfterwardsIsReadAsEver() throws Exception {
    kill(health("The AWS emulator").pid());
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> health("The AWS emulator").isUp());
    var job = jobs.upload(FILE);
    assertThat(jobs.ended(job).isProcessed()).isTrue();
  }

  private static PartHealth health(String part) {
    return stack
      .parts()
      .stream()
      .filter(each -> each.name().equals(part))
      .findFirst()
      .orElseThrow();
  }

  /** The questions that were not answered from what is stored. */
  private static List<String> paidFor(JobId job) {
    return jobs
      .calls(job)
      .stream()
      .filter(call -> call.path("outcome").asText().equals("ok"))
      .map((JsonNode call) -> call.path("step").asText() + call.path("pages"))
      .toList();
  }

  private static void kill(long process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", String.valueOf(process)).start().waitFor(5, TimeUnit.SECONDS);
  }
}
