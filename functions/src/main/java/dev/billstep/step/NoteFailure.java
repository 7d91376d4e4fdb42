package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchFailure;

/** Writes down why a batch that is an execution of its own has failed, or the split beside it. */
public final class NoteFailure {

  private final PageStore store;

  public NoteFailure(PageStore store) {
    this.store = store;
  }

  public void note(JobRun run, BatchFailure failure) {
    failure.note(store, run);
  }
}
