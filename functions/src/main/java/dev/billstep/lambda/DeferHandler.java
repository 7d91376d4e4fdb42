package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Defer;
import dev.billstep.step.Deferred;
import java.net.URI;
import java.util.List;

/** State Defer: sends what is to be asked about a job's pages to the provider's batch interface. */
public final class DeferHandler extends JsonHandler<DeferHandler.Input, Deferred> {

  private final Defer defer;

  public DeferHandler() {
    this(Composition.ofFunction());
  }

  public DeferHandler(Composition composition) {
    super(Input.class);
    this.defer = composition.defer();
  }

  @Override
  protected Deferred handle(Input input) {
    return defer.defer(input.run(), input.manifest(), input.batches());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("defer", input.run());
  }

  /**
   * The state's input.
   *
   * @param batches page numbers from 1, in the groups that are classified together; none where they are
   *     many
   */
  public record Input(JobRun run, URI manifest, List<List<Integer>> batches) {}
}
