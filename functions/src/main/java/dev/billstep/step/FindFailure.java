package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchFailure;

/**
 * Finds why a batch of a distributed map failed: the map itself says no more than that one has. A
 * map fails with its first batch in AWS; LocalStack's goes on.
 */
public final class FindFailure {

  private final PageStore store;

  public FindFailure(PageStore store) {
    this.store = store;
  }

  /**
   * What a batch of the run has written down; the map's own error where none has.
   *
   * @param ofMap with an empty error where the map has none
   */
  public BatchFailure find(JobRun run, BatchFailure ofMap) {
    return BatchFailure.find(store, run).orElse(ofMap);
  }
}
