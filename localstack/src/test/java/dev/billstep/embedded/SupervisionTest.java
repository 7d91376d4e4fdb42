package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {

  private static final Supervision.Backoff AT_ONCE = new Supervision.Backoff(
    Duration.ofMillis(1),
    Duration.ofMillis(4),
    Duration.ofMinutes(1)
  );

  @TempDir
  Path run;

  private Sleeping part;
  private Supervision supervision;
  private final AtomicInteger deployments = new AtomicInteger();

  @BeforeEach
  void watch() {
    part = new Sleeping();
    supervision = new Supervision(run, AT_ONCE);
    supervision.watch(part, deployments::incrementAndGet);
  }

  @AfterEach
  void end() {
    supervision.close();
    part.close();
  }

  @Test
  void whatRunsIsLeftAlone() {
    assertThat(PartHealth.of(run))
      .singleElement()
      .satisfies(health -> {
        assertThat(health.isUp()).isTrue();
        assertThat(health.pid()).isEqualTo(part.process().pid());
        assertThat(health.restarts()).isZero();
      });
  }

  @Test
  void whatHasDiedIsStartedAgainAsOftenAsItDies() {
    for (int time = 1; time <= 3; time++) {
      int times = time;
      part.process().destroyForcibly();
      await().until(() -> PartHealth.of(run).getFirst().restarts() == times);
      assertThat(PartHealth.of(run).getFirst().isUp()).isTrue();
      assertThat(deployments).hasValue(times);
    }
  }

  @Test
  void whatCanNotBeStartedCountsAsDownAndIsTriedOnAndOn() {
    part.failures.set(1_000_000);
    part.process().destroyForcibly();
    await().until(() -> PartHealth.of(run).getFirst().down().orElse("").contains("no room"));
    assertThat(PartHealth.of(run).getFirst().isUp()).isFalse();

    part.failures.set(0);
    await().until(() -> PartHealth.of(run).getFirst().isUp());
    assertThat(PartHealth.of(run).getFirst().restarts()).isEqualTo(1);
  }

  @Test
  void whatIsStoppedOnPurposeStaysDown() {
    supervision.close();
    part.close();
    assertThat(part.starts).hasValue(1);
  }

  @Test
  void eachStartRightAfterAnotherIsWaitedForTwiceAsLong() {
    var backoff = Supervision.Backoff.USUAL;
    assertThat(backoff.before(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.before(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.before(4)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.before(1_000)).isEqualTo(Duration.ofSeconds(30));
  }

  /** A process that does nothing. */
  private static final class Sleeping implements Part {

    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Process process = started();

    private Process started() {
      starts.incrementAndGet();
      try {
        return new ProcessBuilder("sleep", "60").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String name() {
      return "The sleeper";
    }

    @Override
    public ProcessHandle process() {
      return process.toHandle();
    }

    @Override
    public void startAgain() {
      if (failures.getAndDecrement() > 0) {
        throw new StackFailure("There is no room for it.");
      }
      process = started();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
