package dev.billstep.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.ClaimDecision;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.step.Claim;
import java.util.Optional;

/** State Claim: takes the job that an upload belongs to, or finds that there is nothing to do. */
public final class ClaimHandler extends JsonHandler<ClaimHandler.Input, ClaimHandler.Output> {

  private final Claim claim;

  public ClaimHandler() {
    this(Composition.ofFunction());
  }

  public ClaimHandler(Composition composition) {
    super(Input.class);
    this.claim = composition.claim();
  }

  @Override
  protected Output handle(Input input) {
    return switch (claim.claim(ProcessingInput.decode(input.event()), input.execution())) {
      case Claim.Outcome.Claimed(JobRun run) -> new Output(
        "claimed",
        run.jobId(),
        Optional.of(run),
        Optional.empty()
      );
      case Claim.Outcome.NothingToDo(JobId jobId, ClaimDecision.Reason reason) -> new Output(
        reason == ClaimDecision.Reason.WAITING ? "waiting" : "nothing_to_do",
        jobId,
        Optional.empty(),
        Optional.of(reason)
      );
    };
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("claim", ProcessingInput.jobId(input.event()));
  }

  /**
   * The state's input.
   *
   * @param execution the ARN of this execution
   * @param event what it was started with: S3's event as EventBridge hands it on, or a request by
   *     hand ({@link ProcessingInput})
   */
  public record Input(String execution, JsonNode event) {}

  /**
   * The state's output.
   *
   * @param outcome {@code claimed}, {@code waiting} or {@code nothing_to_do}
   * @param run with {@code claimed}
   * @param reason without it
   */
  public record Output(
    String outcome,
    JobId jobId,
    Optional<JobRun> run,
    Optional<ClaimDecision.Reason> reason
  ) {}
}
