package dev.billstep.job;

import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;

/**
 * Puts a job aside whose model does not answer, however often it is asked. Pages that are finished
 * keep their results; the job is started again when the model answers.
 */
public final class ParkJob {

  private final JobStore jobs;
  private final PageStore store;

  public ParkJob(JobStore jobs, PageStore store) {
    this.jobs = jobs;
    this.store = store;
  }

  /**
   * Parks a run's job.
   *
   * @param cause what Step Functions caught with the error: JSON with {@code errorMessage}
   * @return the reason, as the job shows it
   * @throws ClaimLost when a newer run has taken the job over
   */
  public String park(JobRun run, String cause) {
    var settings = JobSettings.load(store, run.settings());
    var reason = CaughtError.message(cause);
    jobs.park(run, settings.model().id(), reason, settings.waiting());
    return reason;
  }
}
