package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Collect;
import dev.billstep.step.Deferred;

/** State Collect: keeps what the provider's batches have answered, or waits on. */
public final class CollectHandler extends JsonHandler<CollectHandler.Input, Deferred> {

  private final Collect collect;

  public CollectHandler() {
    this(Composition.ofFunction());
  }

  public CollectHandler(Composition composition) {
    super(Input.class);
    this.collect = composition.collect();
  }

  @Override
  protected Deferred handle(Input input) {
    return collect.collect(input.run());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("collect", input.run());
  }

  public record Input(JobRun run) {}
}
