package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.NoteFailure;

/** State Note failure: writes down why a batch that is an execution of its own has failed. */
public final class NoteFailureHandler
  extends JsonHandler<NoteFailureHandler.Input, NoteFailureHandler.Output>
{

  private final NoteFailure noteFailure;

  public NoteFailureHandler() {
    this(Composition.ofFunction());
  }

  public NoteFailureHandler(Composition composition) {
    super(Input.class);
    this.noteFailure = composition.noteFailure();
  }

  @Override
  protected Output handle(Input input) {
    noteFailure.note(input.run(), input.failure().ofBatch());
    return new Output(true);
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("note_failure", input.run());
  }

  public record Input(JobRun run, Failure failure) {}

  public record Output(boolean noted) {}
}
