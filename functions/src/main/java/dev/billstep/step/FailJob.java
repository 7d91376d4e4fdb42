package dev.billstep.step;

import dev.billstep.failure.PermanentFailure;
import dev.billstep.job.CaughtError;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import java.net.URI;
import java.util.Optional;

/**
 * Ends a job as {@code error}, with a sentence in place of whatever ended its execution, and the rows
 * of the pages that are finished.
 */
public final class FailJob {

  private final JobStore jobs;
  private final Persist persist;

  public FailJob(JobStore jobs, Persist persist) {
    this.jobs = jobs;
    this.persist = persist;
  }

  /**
   * Ends the job of an execution whose error the state machine has caught. Whatever becomes of the
   * rows, the job's failure is recorded.
   *
   * @param execution the ARN of the execution that failed
   * @param begun what the run has come to, where it has split its upload
   */
  public Failed fail(String execution, CaughtError error, Optional<Begun> begun) {
    var notKept = begun.flatMap(known -> keepFinishedPages(known, error));
    var jobId = jobs.fail(execution, error.name(), error.sentence());
    return new Failed(jobId, error, notKept);
  }

  private Optional<PermanentFailure> keepFinishedPages(Begun begun, CaughtError error) {
    try {
      persist.persistFinished(begun.run(), begun.manifest(), error);
      return Optional.empty();
    } catch (PermanentFailure e) {
      return Optional.of(e);
    }
  }

  /**
   * A run whose upload is split.
   *
   * @param manifest where its pages are named
   */
  public record Begun(JobRun run, URI manifest) {}

  /**
   * How the job was ended.
   *
   * @param jobId empty where the execution held none
   * @param error as {@code JobThread} holds it
   * @param notKept why the rows of the finished pages could not be written, where that is so
   */
  public record Failed(
    Optional<JobId> jobId,
    CaughtError error,
    Optional<PermanentFailure> notKept
  ) {}
}
