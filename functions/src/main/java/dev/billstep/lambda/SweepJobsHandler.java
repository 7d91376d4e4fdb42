package dev.billstep.lambda;

import dev.billstep.watch.SweepJobs;

/** Every five minutes: takes care of the jobs that nobody works on any more. */
public final class SweepJobsHandler extends JsonHandler<SweepJobsHandler.Input, SweepJobs.Swept> {

  private final SweepJobs sweepJobs;

  public SweepJobsHandler() {
    this(Composition.ofFunction());
  }

  public SweepJobsHandler(Composition composition) {
    super(Input.class);
    this.sweepJobs = composition.sweepJobs();
  }

  @Override
  protected SweepJobs.Swept handle(Input input) {
    return sweepJobs.sweep();
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("sweep_jobs");
  }

  /** The schedule's event, of which nothing is needed. */
  public record Input() {}
}
