package dev.billstep.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: the {@code JobThread} rows. Every method is one transaction in the database. */
public interface JobStore extends RunProgress {
  /**
   * Claims the job for an execution under a row lock: of any number of concurrent claims, one is
   * granted. The same execution may claim again (its first answer was lost) and gets the same token.
   *
   * @param modelId an upload waits while this model's breaker is not closed
   * @throws JobNotFound when there is no such job
   * @throws JobNotOwned when the job belongs to another user than the upload's key says
   * @throws ReplayInvalid when the job has no such pages to replay
   */
  ClaimDecision claim(ProcessingRequest request, String execution, Duration lease, String modelId);

  /** Claims, for a retry or replay, a job that has never had an upload, with the one it has now. */
  ClaimDecision claimWithUpload(
    ProcessingRequest request,
    UploadedObject upload,
    String execution,
    Duration lease,
    String modelId
  );

  /**
   * Ends the job that an execution holds as {@code error}. An execution that holds none, or whose
   * job a newer run has taken over, changes nothing.
   *
   * @param execution the ARN of the execution
   * @param error the error's name
   * @param sentence what the user reads
   * @return the job, where one was ended
   */
  Optional<JobId> fail(String execution, String error, String sentence);

  /**
   * Puts a run's job aside until its model answers again, and opens the model's breaker.
   *
   * @throws ClaimLost when a newer run has taken the job over
   */
  void park(JobRun run, String modelId, String reason, Duration firstProbe, Duration longestProbe);

  /** The waiting jobs that may start now; each is given out once. */
  List<JobId> resume(int limit);

  /**
   * Jobs whose run ended without a word, and that may be started again, in the order of their ids.
   *
   * @param after those that come after it alone
   */
  List<JobId> restartable(Optional<JobId> after, int limit);

  /** Ends the jobs whose runs end so again and again, and those that have waited for longer than that. */
  List<Overdue> failOverdue(Duration longestWait, int limit);

  /**
   * Jobs without a run so far, made in a span of time, in the order of their ids.
   *
   * @param after those that come after it alone
   */
  List<Unstarted> unstarted(Instant from, Instant until, Optional<JobId> after, int limit);

  /** Ends a job without a run as {@code error}; false where it has a run by now. */
  boolean failUnstarted(JobId jobId, String error, String sentence);

  /** Which of these jobs exist. */
  List<JobId> existing(List<JobId> jobIds);

  /**
   * A job that was ended because nobody worked on it any more.
   *
   * @param error the error's name
   */
  record Overdue(JobId jobId, String error) {}

  /** A job that no run has claimed. */
  record Unstarted(JobId jobId, UserId userId, Instant createdAt) {}
}
