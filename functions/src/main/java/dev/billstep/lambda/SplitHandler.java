package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Split;

/** State Split: turns the upload into page images and a manifest. */
public final class SplitHandler extends JsonHandler<SplitHandler.Input, Split.Pages> {

  private final Split split;

  public SplitHandler() {
    this(Composition.ofFunction());
  }

  public SplitHandler(Composition composition) {
    super(Input.class);
    this.split = composition.split();
  }

  @Override
  protected Split.Pages handle(Input input) {
    return input.inStints() ? split.splitForAWhile(input.run()) : split.split(input.run());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("split", input.run());
  }

  /**
   * The state's input.
   *
   * @param inStints whether the flow comes back where there are more pages, and reads many while it does; one
   *     of the release of 2026-11-25 does neither
   */
  public record Input(JobRun run, boolean inStints) {}
}
