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
    return split.split(input.run());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("split", input.run());
  }

  public record Input(JobRun run) {}
}
