package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.page.SplitUpload;

/** State Split: turns the upload into page images and a manifest. */
public final class SplitHandler extends JsonHandler<SplitHandler.Input, SplitUpload.Pages> {

  private final SplitUpload splitUpload;

  public SplitHandler() {
    this(Composition.ofFunction());
  }

  public SplitHandler(Composition composition) {
    super(Input.class);
    this.splitUpload = composition.splitUpload();
  }

  @Override
  protected SplitUpload.Pages handle(Input input) {
    return splitUpload.split(input.run());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("split", input.run());
  }

  public record Input(JobRun run) {}
}
