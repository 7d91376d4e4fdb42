package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Park;

/** State Park: puts the job aside until its model answers again. */
public final class ParkHandler extends JsonHandler<ParkHandler.Input, ParkHandler.Output> {

  private final Park park;

  public ParkHandler() {
    this(Composition.ofFunction());
  }

  public ParkHandler(Composition composition) {
    super(Input.class);
    this.park = composition.park();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(park.park(input.run(), input.failure().caught()));
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("park", input.run());
  }

  public record Input(JobRun run, Failure failure) {}

  /**
   * The state's output.
   *
   * @param reason why the job waits
   */
  public record Output(String reason) {}
}
