package dev.billstep.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.CaughtError;
import dev.billstep.json.Json;
import dev.billstep.watch.ExecutionEnded;
import java.util.Optional;

/**
 * An execution failed, timed out or was stopped: its job says so, if nothing else has made it say so
 * (Step Functions developer guide, "Automating Step Functions event delivery with EventBridge").
 */
public final class ExecutionEndedHandler extends JsonHandler<JsonNode, Recorded> {

  private final ExecutionEnded executionEnded;

  public ExecutionEndedHandler() {
    this(Composition.ofFunction());
  }

  public ExecutionEndedHandler(Composition composition) {
    super(JsonNode.class);
    this.executionEnded = composition.executionEnded();
  }

  @Override
  protected Recorded handle(JsonNode event) {
    var detail = Json.mapper().convertValue(EventBridgeEvent.of(event).getDetail(), Detail.class);
    var error = detail.error().map(name -> CaughtError.of(name, detail.cause().orElse("")));
    var told = executionEnded.tell(detail.executionArn(), detail.status(), error);
    return Recorded.of(told.jobId(), told.error());
  }

  @Override
  protected StepLog.Facts facts(JsonNode event) {
    return StepLog.Facts.of("execution_ended");
  }

  private record Detail(
    String executionArn,
    ExecutionEnded.Status status,
    Optional<String> error,
    Optional<String> cause
  ) {}
}
