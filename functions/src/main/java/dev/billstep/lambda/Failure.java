package dev.billstep.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.job.CaughtError;
import dev.billstep.reading.BatchFailure;

/**
 * What a state has caught, as Step Functions writes it.
 *
 * @param error its name: an exception's class, or {@code States.…}, {@code Lambda.…}
 * @param cause what came with it
 */
public record Failure(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {
  static Failure of(BatchFailure failure) {
    return new Failure(failure.error(), failure.cause());
  }

  CaughtError caught() {
    return CaughtError.of(error, cause);
  }

  BatchFailure ofBatch() {
    return new BatchFailure(error, cause);
  }
}
