package dev.billstep.job;

import java.util.Optional;

/** Ends a job as {@code error}, with a sentence in place of whatever ended its execution. */
public final class FailJob {

  private final JobStore jobs;

  public FailJob(JobStore jobs) {
    this.jobs = jobs;
  }

  /**
   * Ends the job of an execution whose error the state machine has caught.
   *
   * @param execution the ARN of the execution that failed
   * @return the failure as it was recorded; without a job where the execution held none
   */
  public Recorded fail(String execution, CaughtError error) {
    return new Recorded(
      jobs.fail(execution, error.name(), error.sentence()),
      error.name(),
      error.sentence()
    );
  }

  /**
   * Ends the job of an execution that has ended without its own doing so: it was stopped, ran out
   * of time, or failed in its last state. One whose job is ended, parked or taken over by then
   * changes nothing.
   *
   * @param execution the ARN of the execution
   * @param status as Step Functions names it
   * @param error and what came with it, where the execution has left one
   */
  public Recorded executionEnded(String execution, Status status, Optional<CaughtError> error) {
    return fail(
      execution,
      switch (status) {
        case ABORTED -> new CaughtError(
          "ExecutionAborted",
          "The run was stopped by an operator. Retry the job."
        );
        case TIMED_OUT -> new CaughtError(
          "ExecutionTimedOut",
          "The run took longer than a run may and was stopped. Retry the job: what was read is " +
            "kept. If it happens again, split the document into smaller files."
        );
        case FAILED -> error.orElse(
          new CaughtError("ExecutionFailed", "The run failed without saying why. Retry the job.")
        );
      }
    );
  }

  /** How an execution ends that does not succeed. */
  public enum Status {
    FAILED,
    TIMED_OUT,
    ABORTED,
  }

  /** The error's name and sentence as {@code JobThread} holds them. */
  public record Recorded(Optional<JobId> jobId, String error, String sentence) {}
}
