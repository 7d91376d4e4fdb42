package dev.billstep.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.job.JobId;
import dev.billstep.job.ProcessingRequest;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.lambda.JsonHandler.InputInvalid;
import java.util.Optional;

/**
 * What an execution is started with: an event of S3, <code>{"jobId": "…"}</code> to try a job again,
 * or <code>{"jobId": "…", "replay": {"schemaVersion": 2, "model": "openai/…", "pages": [1],
 * "ignoreCache": true}}</code> to process it again in another way, each part of which may be left
 * out.
 */
final class ProcessingInput {

  private ProcessingInput() {}

  /**
   * What is asked for.
   *
   * @throws InputInvalid when it is none of these
   * @throws dev.billstep.job.UploadKeyInvalid when an event's object is no upload
   */
  static ProcessingRequest decode(JsonNode input) {
    try {
      return input.has("jobId")
        ? byHand(Json.mapper().convertValue(input, ByHand.class))
        : UploadEvent.decode(EventBridgeEvent.of(input));
    } catch (IllegalArgumentException e) {
      throw new InputInvalid(String.valueOf(e.getMessage()));
    }
  }

  /** The job that an input is about, where it says so. */
  static Optional<JobId> jobId(JsonNode input) {
    try {
      return Optional.of(decode(input).jobId());
    } catch (PermanentFailure notOurs) {
      return Optional.empty(); // It fails under its own name when it is handled.
    }
  }

  private static ProcessingRequest byHand(ByHand input) {
    return input
      .replay()
      .<ProcessingRequest>map(replay -> new ProcessingRequest.Replayed(input.jobId(), replay))
      .orElseGet(() -> new ProcessingRequest.Retry(input.jobId()));
  }

  private record ByHand(JobId jobId, Optional<Replay> replay) {}
}
