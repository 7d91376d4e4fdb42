package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages that a run has split: kept as it comes along, so that who takes it up begins after them. Another run of
 * the job splits again.
 *
 * @param pages the first ones, without a gap
 * @param stints how many calls have stopped before the document's end
 */
record SplitSoFar(List<PageRef> pages, int stints) {
  /** As far as the run has come. */
  static SplitSoFar find(PageStore store, JobRun run) {
    return store
      .findRecord(run.jobId(), name(run))
      .map(json -> Json.read(json, SplitSoFar.class))
      .orElseGet(() -> new SplitSoFar(List.of(), 0));
  }

  SplitSoFar with(List<PageRef> next) {
    return new SplitSoFar(Stream.concat(pages.stream(), next.stream()).toList(), stints);
  }

  SplitSoFar stopped() {
    return new SplitSoFar(pages, stints + 1);
  }

  void store(PageStore store, JobRun run) {
    store.storeRecord(run.jobId(), name(run), Json.bytes(this));
  }

  private static String name(JobRun run) {
    return "attempt-%d/split".formatted(run.attempt());
  }
}
