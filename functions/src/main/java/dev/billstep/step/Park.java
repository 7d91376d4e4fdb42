package dev.billstep.step;

import dev.billstep.job.CaughtError;
import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;

/**
 * Puts a job aside whose model does not answer, however often it is asked. Pages that are finished
 * keep their results; the job is started again when the model answers.
 */
public final class Park {

  private final JobStore jobs;
  private final PageStore store;

  public Park(JobStore jobs, PageStore store) {
    this.jobs = jobs;
    this.store = store;
  }

  /**
   * Parks a run's job.
   *
   * @param error why its model, or a place to ask it from, is not to be had
   * @return the reason, as the job shows it
   * @throws ClaimLost when a newer run has taken the job over
   */
  public String park(JobRun run, CaughtError error) {
    var settings = JobSettings.load(store, run.settings());
    var waiting = settings.waiting();
    jobs.park(
      run,
      settings.model().id(),
      error.sentence(),
      waiting.firstProbe(),
      waiting.longestProbe()
    );
    return error.sentence();
  }
}
