package dev.billstep.doc;

import dev.billstep.job.CaughtError;
import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobRun;
import java.util.List;
import java.util.Optional;

/** Port: the {@code Doc} rows. */
public interface DocStore {
  /**
   * In one transaction: writes the rows, and ends the job.
   *
   * @throws ClaimLost when a newer run has taken the job over; then nothing is written
   */
  void persist(JobRun run, List<Doc> docs, Ending ending);

  /**
   * How a job ends with its rows.
   *
   * @param isPartial whether rows of other pages stay as they are; if not, they are removed
   * @param cacheHits results that earlier runs of the job have left, and this one has used
   * @param error where the job ends as {@code error}
   * @param message what the user is told of a job that is processed all the same
   */
  record Ending(
    boolean isPartial,
    int cacheHits,
    Optional<CaughtError> error,
    Optional<String> message
  ) {}
}
