package dev.billstep.step;

import dev.billstep.failure.PermanentFailure;
import dev.billstep.job.CaughtError;
import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.UnreadPage;
import dev.billstep.settings.JobSettings;
import java.util.List;

/** Decides by the job's policy what becomes of a run when pages of it fail for good. */
public final class GiveUp {

  private final PageStore store;

  public GiveUp(PageStore store) {
    this.store = store;
  }

  /** Gives a page up where the other pages go on without it; throws the failure where not. */
  void giveUpOrThrow(JobRun run, int page, PermanentFailure failure) {
    if (!giveUp(run, List.of(page), CaughtError.of(failure))) {
      throw failure;
    }
  }

  /**
   * Writes down why the pages could not be read, for their rows.
   *
   * @param pages from 1
   * @return whether the other pages go on
   */
  public boolean giveUp(JobRun run, List<Integer> pages, CaughtError error) {
    for (int page : pages) {
      var rejected = UnreadPage.Rejected.find(store, run, page);
      new UnreadPage(page, error.name(), error.sentence(), rejected).store(store, run);
    }
    return !JobSettings.load(store, run.settings()).failurePolicy().isFatal();
  }
}
