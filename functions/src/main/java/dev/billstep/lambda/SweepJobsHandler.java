package dev.billstep.lambda;

import dev.billstep.job.JobStore;
import dev.billstep.watch.SweepJobs;
import java.util.List;

/** Every five minutes: ends the jobs that nobody works on any more. */
public final class SweepJobsHandler
  extends JsonHandler<SweepJobsHandler.Input, SweepJobsHandler.Output>
{

  private final SweepJobs sweepJobs;

  public SweepJobsHandler() {
    this(Composition.ofFunction());
  }

  public SweepJobsHandler(Composition composition) {
    super(Input.class);
    this.sweepJobs = composition.sweepJobs();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(sweepJobs.sweep());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("sweep_jobs");
  }

  /** The schedule's event, of which nothing is needed. */
  public record Input() {}

  /**
   * What was done.
   *
   * @param ended jobs, each with its error
   */
  public record Output(List<JobStore.Overdue> ended) {}
}
