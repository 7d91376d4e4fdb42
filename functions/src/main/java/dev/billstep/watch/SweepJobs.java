package dev.billstep.watch;

import dev.billstep.failure.TransientFailure;
import dev.billstep.job.Executions;
import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Unstarted;
import dev.billstep.job.Uploads;
import dev.billstep.settings.SettingsService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes care of what nobody works on any more. Runs whose lease ran out and uploads whose execution
 * never started are started again; what that is no use for, and what has waited for its model for too
 * long, ends as {@code error}.
 */
public final class SweepJobs {

  static final String UNSTARTED = "ExecutionNotStarted";

  private static final int AT_ONCE = 100;

  /** An upload that nobody has asked for after a day is not looked for again. */
  private static final Duration LOOKED_FOR = Duration.ofDays(1);

  /** Until then one whose execution never started is started again in every round. */
  private static final Duration STARTED_AGAIN = Duration.ofHours(20);

  private final JobStore jobs;
  private final Uploads uploads;
  private final Executions executions;
  private final SettingsService settings;
  private final InstantSource clock;

  public SweepJobs(
    JobStore jobs,
    Uploads uploads,
    Executions executions,
    SettingsService settings,
    InstantSource clock
  ) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.executions = executions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts and ends them, and says which and why.
   *
   * @throws TransientFailure when an execution could not be started, after all others were tried
   */
  public Swept sweep() {
    var longestWait = Duration.ofHours(settings.current().waiting().longestWaitHours());
    var ended = new ArrayList<>(jobs.failOverdue(longestWait, AT_ONCE));
    var now = clock.instant();
    var forgotten = forgotten(now);
    forgotten
      .stream()
      .filter(job -> !mayBeStarted(job, now))
      .filter(this::fail)
      .forEach(job -> ended.add(new JobStore.Overdue(job.jobId(), UNSTARTED)));
    var started = start(
      Stream.concat(
        jobs.restartable(AT_ONCE).stream(),
        forgotten
          .stream()
          .filter(job -> mayBeStarted(job, now))
          .map(Unstarted::jobId)
      ).toList()
    );
    return new Swept(started, List.copyOf(ended));
  }

  private List<JobId> start(List<JobId> wanted) {
    var failures = new ArrayList<TransientFailure>();
    for (var job : wanted) {
      try {
        executions.start(job);
      } catch (TransientFailure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return wanted;
  }

  /** What was uploaded some time ago, and has no run. */
  private List<Unstarted> forgotten(Instant now) {
    var until = now.minus(Duration.ofMinutes(settings.sweep().unstartedMinutes()));
    return jobs
      .unstarted(now.minus(LOOKED_FOR), until)
      .stream()
      .filter(job -> hasUploadBefore(until, job))
      .limit(AT_ONCE)
      .toList();
  }

  private static boolean mayBeStarted(Unstarted job, Instant now) {
    return job.createdAt().isAfter(now.minus(STARTED_AGAIN));
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
      "The file was uploaded, but its processing could not be started for most of a day. Retry the job."
    );
  }

  /**
   * What was done.
   *
   * @param started jobs that were started again
   * @param ended jobs that were ended, each with its error
   */
  public record Swept(List<JobId> started, List<JobStore.Overdue> ended) {}
}
