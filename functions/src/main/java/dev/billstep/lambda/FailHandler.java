package dev.billstep.lambda;

import dev.billstep.job.FailJob;

/** State Fail job: ends the job that the execution holds as {@code error}. */
public final class FailHandler extends JsonHandler<FailHandler.Input, FailJob.Recorded> {

  private final FailJob failJob;

  public FailHandler() {
    this(Composition.ofFunction());
  }

  public FailHandler(Composition composition) {
    super(Input.class);
    this.failJob = composition.failJob();
  }

  @Override
  protected FailJob.Recorded handle(Input input) {
    return failJob.fail(input.execution(), input.error(), input.cause());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("fail", input.error());
  }

  /**
   * The state's input.
   *
   * @param execution the ARN of this execution
   * @param error the name of what Step Functions caught
   * @param cause what came with it
   */
  public record Input(String execution, String error, String cause) {}
}
