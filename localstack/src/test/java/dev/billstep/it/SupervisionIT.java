package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    var before = Crash.health(part, stack.parts());
    assertThat(before.isUp()).isTrue();
    var uploaded = Stream.generate(() -> jobs.upload(FILE))
      .limit(JOBS)
      .toList();
    jobs.started(uploaded.getFirst());

    Crash.of(before.pid());

    startedAgain(part, before);
    assertThat(stack.parts())
      .filteredOn(each -> !each.name().equals(part))
      .as("nothing else had to be started again")
      .allMatch(PartHealth::isUp);
    for (var job : uploaded) {
      var end = jobs.ended(job);
      assertThat(end.isProcessed()).as(end.sentence()).isTrue();
      assertThat(jobs.docs(job)).hasSize(PAGES);
      assertThat(Crash.paidFor(jobs.calls(job)))
        .as("what was asked of the model")
        .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsUploadedAfterwardsIsReadAsEver() throws Exception {
    var before = Crash.health("The AWS emulator", stack.parts());
    Crash.of(before.pid());
    startedAgain("The AWS emulator", before);
    var job = jobs.upload(FILE);
    assertThat(jobs.ended(job).isProcessed()).isTrue();
  }

  /** Waits until it is another process: that the old one has died is seen a moment later. */
  private static void startedAgain(String part, PartHealth before) {
    await()
      .atMost(Duration.ofMinutes(1))
      .untilAsserted(() -> {
        var after = Crash.health(part, stack.parts());
        assertThat(after.isUp()).as(after.toString()).isTrue();
        assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
        assertThat(after.since()).isAfter(before.since());
      });
  }
}
