package dev.billstep.watch;

import dev.billstep.job.CaughtError;
import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import java.util.Optional;

/** Ends the job of an execution that has ended without its own doing so, as {@code error}. */
public final class ExecutionEnded {

  private final JobStore jobs;

  public ExecutionEnded(JobStore jobs) {
    this.jobs = jobs;
  }

  /**
   * Tells the job of an execution that was stopped, ran out of time, or failed in its last state. One
   * whose job is ended, parked or taken over by then changes nothing.
   *
   * @param execution the ARN of the execution
   * @param status as Step Functions names it
   * @param error and what came with it, where the execution has left one
   */
  public Told tell(String execution, Status status, Optional<CaughtError> error) {
    var reason = reason(status, error);
    return new Told(jobs.fail(execution, reason.name(), reason.sentence()), reason);
  }

  private static CaughtError reason(Status status, Optional<CaughtError> error) {
    return switch (status) {
      case ABORTED -> new CaughtError(
        "ExecutionAborted",
        "The run was stopped by an operator. Retry the job."
      );
      case TIMED_OUT -> new CaughtError(
        "ExecutionTimedOut",
        "The run took too long and was stopped. Retry the job: what has been read " +
          "is kept. If it happens again, split the document into smaller files."
      );
      case FAILED -> error.orElse(
        new CaughtError("ExecutionFailed", "The run failed without saying why. Retry the job.")
      );
    };
  }

  /** How an execution ends that does not succeed. */
  public enum Status {
    FAILED,
    TIMED_OUT,
    ABORTED,
  }

  /**
   * What the job was told.
   *
   * @param jobId empty where the execution held no job any more
   */
  public record Told(Optional<JobId> jobId, CaughtError error) {}
}
