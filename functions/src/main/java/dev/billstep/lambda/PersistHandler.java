package dev.billstep.lambda;

import dev.billstep.doc.PersistDocs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import java.net.URI;

/** State Persist: writes a row a page and ends the job. */
public final class PersistHandler extends JsonHandler<PersistHandler.Input, PersistHandler.Output> {

  private final PersistDocs persistDocs;

  public PersistHandler() {
    this(Composition.ofFunction());
  }

  public PersistHandler(Composition composition) {
    super(Input.class);
    this.persistDocs = composition.persistDocs();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(input.run().jobId(), persistDocs.persist(input.run(), input.manifest()));
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("persist", input.run());
  }

  public record Input(JobRun run, URI manifest) {}

  /**
   * The state's output.
   *
   * @param docs how many rows the job has
   */
  public record Output(JobId jobId, int docs) {}
}
