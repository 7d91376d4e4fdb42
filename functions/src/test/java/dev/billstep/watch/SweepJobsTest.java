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

  private final InMemoryJobs jobs = new InMemoryJobs();
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

  private SweepJobs.Swept sweep(Optional<Instant> uploadedAt) {
    return sweep(uploadedAt, started::add);
  }

  private SweepJobs.Swept sweep(Optional<Instant> uploadedAt, Executions executions) {
    var object = new UploadedObject("bucket", "key", Optional.empty(), "etag");
    var sweepJobs = new SweepJobs(
      jobs,
      (user, job) -> uploadedAt.map(at -> new Uploads.Upload(object, at)),
      executions,
      SettingsSamples.service(),
      () -> NOW
    );
    return sweepJobs.sweep();
  }
}
