package dev.billstep.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.billstep.job.CaughtError;
import dev.billstep.job.FailJob;
import dev.billstep.json.Json;
import java.util.Optional;

/**
 * An execution failed, timed out or was stopped: its job says so, if nothing else has made it say so
 * (Step Functions developer guide, "Automating Step Functions event delivery with EventBridge").
 */
public final class ExecutionEndedHandler extends JsonHandler<ScheduledEvent, FailJob.Recorded> {

  private final FailJob failJob;

  public ExecutionEndedHandler() {
    this(Composition.ofFunction());
  }

  public ExecutionEndedHandler(Composition composition) {
    super(ScheduledEvent.class);
    this.failJob = composition.failJob();
  }

  @Override
  protected FailJob.Recorded handle(ScheduledEvent event) {
    var detail = Json.mapper().convertValue(event.getDetail(), Detail.class);
    var error = detail.error().map(name -> CaughtError.of(name, detail.cause().orElse("")));
    return failJob.executionEnded(detail.executionArn(), detail.status(), error);
  }

  @Override
  protected StepLog.Facts facts(ScheduledEvent event) {
    return StepLog.Facts.of("execution_ended");
  }

  private record Detail(
    String executionArn,
    FailJob.Status status,
    Optional<String> error,
    Optional<String> cause
  ) {}
}
