package dev.billstep.lambda;

import dev.billstep.doc.PersistDocs;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.job.CaughtError;
import dev.billstep.job.FailJob;
import dev.billstep.job.JobRun;
import java.net.URI;
import java.util.Optional;

/**
 * State Fail job: ends the job that the execution holds as {@code error}, with the rows of the pages
 * that are finished.
 */
public final class FailHandler extends JsonHandler<FailHandler.Input, FailJob.Recorded> {

  private final FailJob failJob;
  private final PersistDocs persistDocs;

  public FailHandler() {
    this(Composition.ofFunction());
  }

  public FailHandler(Composition composition) {
    super(Input.class);
    this.failJob = composition.failJob();
    this.persistDocs = composition.persistDocs();
  }

  @Override
  protected FailJob.Recorded handle(Input input) {
    var error = input.state().failure().caught();
    input
      .state()
      .claimed()
      .flatMap(Claimed::run)
      .ifPresent(run -> keepFinishedPages(run, input.state().split(), error));
    return failJob.fail(input.execution(), error);
  }

  /** Whatever becomes of the rows, the job's failure is recorded. */
  private void keepFinishedPages(JobRun run, Optional<Split> split, CaughtError error) {
    try {
      split.ifPresent(known -> persistDocs.persistFinished(run, known.manifest(), error));
    } catch (PermanentFailure e) {
      StepLog.note("the finished pages could not be kept", e);
    }
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("fail", input.state().failure().error());
  }

  /**
   * The state's input.
   *
   * @param execution the ARN of this execution
   * @param state the execution's state when the error was caught
   */
  public record Input(String execution, State state) {}

  /**
   * As far as the execution has come.
   *
   * @param claimed once the job is claimed
   * @param split once the upload is split
   */
  public record State(Optional<Claimed> claimed, Optional<Split> split, Failure failure) {}

  public record Claimed(Optional<JobRun> run) {}

  public record Split(URI manifest) {}
}
