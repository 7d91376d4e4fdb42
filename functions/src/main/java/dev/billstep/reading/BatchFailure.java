package dev.billstep.reading;

import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import java.util.Optional;

/**
 * Why one of a run's batches could not be read, where batches are executions of their own: a
 * distributed map says no more than that one of them failed. Or why the document was not split to its end,
 * while these are read.
 *
 * @param error as Step Functions caught it: an exception's class, or {@code States.…}
 * @param cause what came with it
 */
public record BatchFailure(String error, String cause) {
  /** Writes it down for the run; the last one counts. */
  public void note(PageStore store, JobRun run) {
    store.storeRecord(run.jobId(), name(run), Json.bytes(this));
  }

  /** What has been written down, if one of the run has come that far. */
  public static Optional<BatchFailure> find(PageStore store, JobRun run) {
    return store
      .findRecord(run.jobId(), name(run))
      .map(json -> Json.read(json, BatchFailure.class));
  }

  private static String name(JobRun run) {
    return "attempt-%d/failure".formatted(run.attempt());
  }
}
