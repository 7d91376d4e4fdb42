package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.FindFailure;

/** State Find failure: why a batch of a distributed map failed. */
public final class FindFailureHandler extends JsonHandler<FindFailureHandler.Input, Failure> {

  private final FindFailure findFailure;

  public FindFailureHandler() {
    this(Composition.ofFunction());
  }

  public FindFailureHandler(Composition composition) {
    super(Input.class);
    this.findFailure = composition.findFailure();
  }

  @Override
  protected Failure handle(Input input) {
    return Failure.of(findFailure.find(input.run(), input.failure().ofBatch()));
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("find_failure", input.run());
  }

  /**
   * The state's input.
   *
   * @param failure of the map; with an empty error where it has none
   */
  public record Input(JobRun run, Failure failure) {}
}
