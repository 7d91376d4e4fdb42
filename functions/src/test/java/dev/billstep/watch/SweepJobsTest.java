package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.Uploads;
import dev.billstep.settings.SettingsSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepJobsTest {

  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final InMemoryJobs jobs = new InMemoryJobs();

  @Test
  void anUploadWhoseExecutionNeverStartedEndsAsAnError() {
    jobs.add(JOB);
    var swept = sweep(Optional.of(NOW.minus(Duration.ofMinutes(16))));
    assertThat(swept).isEqualTo(1);
    assertThat(jobs.failure()).startsWith("ExecutionNotStarted: The file was uploaded");
  }

  @Test
  void aFreshUploadIsLeftToItsEvent() {
    jobs.add(JOB);
    assertThat(sweep(Optional.of(NOW.minus(Duration.ofMinutes(14))))).isZero();
    assertThat(jobs.failure()).isEmpty();
  }

  @Test
  void aJobThatNothingWasUploadedForIsLeftAlone() {
    jobs.add(JOB);
    assertThat(sweep(Optional.empty())).isZero();
    assertThat(jobs.failure()).isEmpty();
  }

  private int sweep(Optional<Instant> uploadedAt) {
    var object = new UploadedObject("bucket", "key", Optional.empty(), "etag");
    var sweepJobs = new SweepJobs(
      jobs,
      (user, job) -> uploadedAt.map(at -> new Uploads.Upload(object, at)),
      SettingsSamples.service(),
      () -> NOW
    );
    return sweepJobs.sweep().size();
  }
}
