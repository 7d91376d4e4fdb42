package dev.billstep.watch;

import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Unstarted;
import dev.billstep.job.Uploads;
import dev.billstep.settings.SettingsService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends as {@code error} what nobody works on any more: runs whose lease ran out, jobs that have
 * waited for their model for too long, and uploads whose execution never started.
 */
public final class SweepJobs {

  static final String UNSTARTED = "ExecutionNotStarted";

  private static final int AT_ONCE = 100;

  /** An upload that nobody has asked for after a day is not looked for again. */
  private static final Duration LOOKED_FOR = Duration.ofDays(1);

  private final JobStore jobs;
  private final Uploads uploads;
  private final SettingsService settings;
  private final InstantSource clock;

  public SweepJobs(JobStore jobs, Uploads uploads, SettingsService settings, InstantSource clock) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.settings = settings;
    this.clock = clock;
  }

  /** Ends them, and says which and why. */
  public List<JobStore.Overdue> sweep() {
    var longestWait = Duration.ofHours(settings.current().waiting().longestWaitHours());
    var ended = new ArrayList<>(jobs.failOverdue(longestWait, AT_ONCE));
    var now = clock.instant();
    var until = now.minus(Duration.ofMinutes(settings.sweep().unstartedMinutes()));
    jobs
      .unstarted(now.minus(LOOKED_FOR), until, AT_ONCE)
      .stream()
      .filter(job -> hasUploadBefore(until, job))
      .filter(this::fail)
      .forEach(job -> ended.add(new JobStore.Overdue(job.jobId(), UNSTARTED)));
    return List.copyOf(ended);
  }

  private boolean hasUploadBefore(Instant until, Unstarted job) {
    return uploads
      .newest(job.userId(), job.jobId())
      .filter(upload -> upload.at().isBefore(until))
      .isPresent();
  }

  private boolean fail(Unstarted job) {
    return jobs.failUnstarted(
      job.jobId(),
      UNSTARTED,
      "The file was uploaded, but its processing could not be started. Retry the job."
    );
  }
}
