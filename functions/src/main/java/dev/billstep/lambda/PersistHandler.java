package dev.billstep.lambda;

import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.step.Persist;
import java.net.URI;

/** State Persist: writes a row a page and ends the job. */
public final class PersistHandler extends JsonHandler<PersistHandler.Input, PersistHandler.Output> {

  private final Persist persist;

  public PersistHandler() {
    this(Composition.ofFunction());
  }

  public PersistHandler(Composition composition) {
    super(Input.class);
    this.persist = composition.persist();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(input.run().jobId(), persist.persist(input.run(), input.manifest()));
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("persist", input.run());
  }

  public record Input(JobRun run, URI manifest) {}

  /**
   * The state's output.
   *
   * @param docs how many rows were written
   */
  public record Output(JobId jobId, int docs) {}
}
