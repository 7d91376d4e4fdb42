package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.job.Executions;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.Uploads;
import dev.billstep.settings.SettingsSamples;
import dev.billstep.workflow.WorkflowUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepJobsTest {

  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final JobId OTHER = JobId.of("00000000-0000-4000-8000-000000000003");

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static final UploadedObject OBJECT = new UploadedObject(
    "bucket",
    "key",
    Optional.empty(),
    "etag"
  );

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final InMemoryRounds rounds = new InMemoryRounds();
  private Instant now = NOW;
  private final List<JobId> started = new ArrayList<>();

  @Test
  void anUploadWhoseExecutionNeverStartedIsStarted() {
    jobs.add(JOB, NOW.minus(Duration.ofMinutes(20)));
    var swept = sweep(Optional.of(NOW.minus(Duration.ofMinutes(16))));
    assertThat(swept.started()).isEqualTo(started).containsExactly(JOB);
    assertThat(jobs.failure()).isEmpty();
  }

  @Test
  void anUploadWhoseExecutionNeverStartedEndsAsAnError() {
    jobs.add(JOB, NOW.minus(Duration.ofHours(21)));
    var swept = sweep(Optional.of(NOW.minus(Duration.ofHours(21))));
    assertThat(swept.ended()).hasSize(1);
    assertThat(started).isEmpty();
    assertThat(jobs.failure()).startsWith("ExecutionNotStarted: The file was uploaded");
  }

  @Test
  void aFreshUploadIsLeftToItsEvent() {
    jobs.add(JOB, NOW.minus(Duration.ofMinutes(20)));
    assertThat(sweep(Optional.of(NOW.minus(Duration.ofMinutes(14)))).ended()).isEmpty();
    assertThat(started).isEmpty();
    assertThat(jobs.failure()).isEmpty();
  }

  @Test
  void aJobThatNothingWasUploadedForIsLeftAlone() {
    jobs.add(JOB, NOW.minus(Duration.ofMinutes(20)));
    assertThat(sweep(Optional.empty()).ended()).isEmpty();
    assertThat(started).isEmpty();
    assertThat(jobs.failure()).isEmpty();
  }

  @Test
  void aJobWhoseRunEndedWithoutAWordIsStartedAgain() {
    jobs.addRestartable(JOB);
    assertThat(sweep(Optional.empty()).started()).isEqualTo(started).containsExactly(JOB);
  }

  @Test
  void oneThatCanNotBeStartedKeepsNoOtherFromIt() {
    jobs.addRestartable(JOB);
    jobs.addRestartable(OTHER);
    Executions refusing = job -> {
      if (job.equals(JOB)) {
        throw new WorkflowUnavailable(job, new IllegalStateException("busy"));
      }
      started.add(job);
    };
    assertThatThrownBy(() -> sweep(Optional.empty(), refusing)).isInstanceOf(
      WorkflowUnavailable.class
    );
    assertThat(started).containsExactly(OTHER);
  }

  /** What users have asked for a place to upload to, and never used it: nobody's concern. */
  @Test
  void anUploadBehindThousandsThatNeverCameHasItsTurn() {
    for (int index = 0; index < 2_500; index++) {
      jobs.add(numbered(index), NOW.minus(Duration.ofMinutes(20)));
    }
    var last = numbered(2_499);
    var lookedFor = new ArrayList<JobId>();
    Uploads uploads = (user, job) -> {
      lookedFor.add(job);
      now = now.plusMillis(100);
      return job.equals(last)
        ? Optional.of(new Uploads.Upload(OBJECT, NOW.minus(Duration.ofMinutes(16))))
        : Optional.empty();
    };

    var first = sweep(uploads, started::add);
    assertThat(first.outcome()).isEqualTo(SweepOutcome.UNFINISHED);
    assertThat(Duration.between(NOW, now)).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    assertThat(sweep(uploads, started::add).outcome()).isEqualTo(SweepOutcome.UNFINISHED);
    assertThat(sweep(uploads, started::add).outcome()).isEqualTo(SweepOutcome.FINISHED);

    assertThat(lookedFor).doesNotHaveDuplicates().hasSize(2_500);
    assertThat(started).containsExactly(last);
  }

  @Test
  void thousandsOfDeadRunsAreAllStartedAgain() {
    for (int index = 0; index < 1_000; index++) {
      jobs.addRestartable(numbered(index));
    }
    assertThat(sweep(Optional.empty()).outcome()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(started).doesNotHaveDuplicates().hasSize(1_000);
  }

  @Test
  void allThatIsOverdueIsEndedAtOnce() {
    for (int index = 0; index < 250; index++) {
      jobs.addOverdue(numbered(index));
    }
    assertThat(sweep(Optional.empty()).ended()).hasSize(250);
  }

  @Test
  void nothingIsDoneWhileAnotherCallIsAtWork() {
    jobs.addRestartable(JOB);
    rounds.hold("jobs", Duration.ofMinutes(4), Duration.ZERO);
    assertThat(sweep(Optional.empty()).outcome()).isEqualTo(SweepOutcome.LEFT_ALONE);
    assertThat(started).isEmpty();
  }

  private static JobId numbered(int index) {
    return JobId.of("00000000-0000-4000-8000-%012d".formatted(index));
  }

  private SweepJobs.Swept sweep(Optional<Instant> uploadedAt) {
    return sweep(uploadedAt, started::add);
  }

  private SweepJobs.Swept sweep(Optional<Instant> uploadedAt, Executions executions) {
    return sweep((user, job) -> uploadedAt.map(at -> new Uploads.Upload(OBJECT, at)), executions);
  }

  private SweepJobs.Swept sweep(Uploads uploads, Executions executions) {
    return new SweepJobs(
      jobs,
      uploads,
      executions,
      SettingsSamples.service(),
      rounds,
      () -> now
    ).sweep();
  }
}
