package dev.billstep.step;

import dev.billstep.job.CaughtError;
import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;

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
      silent(settings.model(), error).id(),
      error.sentence(),
      waiting.firstProbe(),
      waiting.longestProbe()
    );
    return error.sentence();
  }

  /** Which of the models has not answered: a failure names it. */
  private static ModelSettings silent(ModelSettings reading, CaughtError error) {
    var classifying = reading.toClassify();
    return error.sentence().contains(classifying.id()) ? classifying : reading;
  }
}
