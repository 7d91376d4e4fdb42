package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchFailure;

/** State Note failure: writes down why a batch that is an execution of its own has failed. */
public final class NoteFailureHandler
  extends JsonHandler<NoteFailureHandler.Input, NoteFailureHandler.Output>
{

  private final PageStore pages;

  public NoteFailureHandler() {
    this(Composition.ofFunction());
  }

  public NoteFailureHandler(Composition composition) {
    super(Input.class);
    this.pages = composition.pages();
  }

  @Override
  protected Output handle(Input input) {
    var failure = input.failure();
    new BatchFailure(failure.error(), failure.cause()).note(pages, input.run());
    return new Output(true);
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("note_failure", input.run());
  }

  public record Input(JobRun run, Failure failure) {}

  public record Output(boolean noted) {}
}
