package dev.billstep.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Port: the {@code JobThread} rows. Every method is one transaction in the database. */
public interface JobStore {
  /**
   * Claims the job for an execution under a row lock: of any number of concurrent claims, one is
   * granted. The same execution may claim again (its first answer was lost) and gets the same token.
   *
   * @throws JobNotFound when there is no such job
   * @throws JobNotOwned when the job belongs to another user than the upload's key says
   */
  ClaimAnswer claim(UploadedObject upload, String execution, Duration lease);

  /** Notes how far a run is, for whoever watches. Noting the same pages twice changes nothing. */
  void recordProgress(JobRun run, Progress progress);

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

  /** How far a run is. */
  sealed interface Progress {
    record Split(int pageCount) implements Progress {}

    record Classified(List<Integer> pages) implements Progress {}

    record Read(List<Integer> pages) implements Progress {}
  }
}
