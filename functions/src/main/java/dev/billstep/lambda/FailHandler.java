package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.FailJob;
import java.net.URI;
import java.util.Optional;

/**
 * State Fail job: ends the job that the execution holds as {@code error}, with the rows of the pages
 * that are finished.
 */
public final class FailHandler extends JsonHandler<FailHandler.Input, Recorded> {

  private final FailJob failJob;

  public FailHandler() {
    this(Composition.ofFunction());
  }

  public FailHandler(Composition composition) {
    super(Input.class);
    this.failJob = composition.failJob();
  }

  @Override
  protected Recorded handle(Input input) {
    var state = input.state();
    var failed = failJob.fail(input.execution(), state.failure().caught(), state.begun());
    failed
      .notKept()
      .ifPresent(failure -> StepLog.note("the finished pages could not be kept", failure));
    return Recorded.of(failed.jobId(), failed.error());
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
  public record State(Optional<Claimed> claimed, Optional<Split> split, Failure failure) {
    private Optional<FailJob.Begun> begun() {
      return claimed
        .flatMap(Claimed::run)
        .flatMap(run -> split.map(known -> new FailJob.Begun(run, known.manifest())));
    }
  }

  public record Claimed(Optional<JobRun> run) {}

  public record Split(URI manifest) {}
}
