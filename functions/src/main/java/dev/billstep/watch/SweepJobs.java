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
import java.util.Optional;

/**
 * Takes care of what nobody works on any more. Runs whose lease ran out and uploads whose execution
 * never started are started again; what that is no use for, and what has waited for its model for too
 * long, ends as {@code error}. Of any number of jobs each has its turn: what one call does not come to
 * is the next one's.
 */
public final class SweepJobs {

  /** As its rounds are kept and measured. */
  public static final String NAME = "jobs";

  /** Its function's limit: no other call goes on before. */
  public static final Duration LONGEST = Duration.ofMinutes(4);

  static final String UNSTARTED = "ExecutionNotStarted";

  private static final SweepCall.Pace PACE = new SweepCall.Pace(
    NAME,
    Duration.ofMinutes(2),
    LONGEST,
    Duration.ZERO
  );

  private static final int AT_ONCE = 100;

  /** An upload that nobody has asked for after a day is not looked for again. */
  private static final Duration LOOKED_FOR = Duration.ofDays(1);

  /** Until then one whose execution never started is started again in every round. */
  private static final Duration STARTED_AGAIN = Duration.ofHours(20);

  private final JobStore jobs;
  private final Uploads uploads;
  private final Executions executions;
  private final SettingsService settings;
  private final SweepRounds rounds;
  private final InstantSource clock;

  public SweepJobs(
    JobStore jobs,
    Uploads uploads,
    Executions executions,
    SettingsService settings,
    SweepRounds rounds,
    InstantSource clock
  ) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.executions = executions;
    this.settings = settings;
    this.rounds = rounds;
    this.clock = clock;
  }

  /**
   * Starts and ends them, and says which and why.
   *
   * @throws TransientFailure when an execution could not be started, after all others were tried
   */
  public Swept sweep() {
    var call = new Call();
    var outcome = call.run();
    return new Swept(List.copyOf(call.started), List.copyOf(call.ended), outcome);
  }

  /** What one call does. */
  private final class Call {

    private final SweepCall call = new SweepCall(rounds, PACE, clock);
    private final Instant now = clock.instant();
    private final List<JobId> started = new ArrayList<>();
    private final List<JobStore.Overdue> ended = new ArrayList<>();

    SweepOutcome run() {
      return call.run(
        List.of(
          new SweepCall.Part("overdue", this::failOverdue),
          new SweepCall.Part("restartable", this::restart),
          new SweepCall.Part("unstarted", this::lookForUploads)
        ),
        () -> false
      );
    }

    /** What is failed is gone from the list: there is no place in it to go on from. */
    private Optional<String> failOverdue(Optional<String> after) {
      var longestWait = Duration.ofHours(settings.current().waiting().longestWaitHours());
      var failed = jobs.failOverdue(longestWait, AT_ONCE);
      ended.addAll(failed);
      return failed.size() < AT_ONCE ? Optional.empty() : Optional.of("");
    }

    private Optional<String> restart(Optional<String> after) {
      var portion = jobs.restartable(after.map(JobId::of), AT_ONCE);
      portion.forEach(this::start);
      return last(portion);
    }

    private Optional<String> lookForUploads(Optional<String> after) {
      var until = now.minus(Duration.ofMinutes(settings.sweep().unstartedMinutes()));
      var portion = jobs.unstarted(now.minus(LOOKED_FOR), until, after.map(JobId::of), AT_ONCE);
      for (var job : portion) {
        call.attempt(() -> {
          if (hasUploadBefore(until, job)) {
            startOrFail(job);
          }
        });
      }
      return last(portion.stream().map(Unstarted::jobId).toList());
    }

    private static Optional<String> last(List<JobId> portion) {
      return portion.size() < AT_ONCE
        ? Optional.empty()
        : Optional.of(portion.getLast().toString());
    }

    private void startOrFail(Unstarted job) {
      if (job.createdAt().isAfter(now.minus(STARTED_AGAIN))) {
        start(job.jobId());
      } else if (fail(job)) {
        ended.add(new JobStore.Overdue(job.jobId(), UNSTARTED));
      }
    }

    private void start(JobId job) {
      call.attempt(() -> {
        executions.start(job);
        started.add(job);
      });
    }
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
   * @param outcome whether all of them had their turn
   */
  public record Swept(List<JobId> started, List<JobStore.Overdue> ended, SweepOutcome outcome) {}
}
