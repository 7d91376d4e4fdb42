package dev.billstep.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.job.CaughtError;

/**
 * What a state has caught, as Step Functions writes it.
 *
 * @param error its name: an exception's class, or {@code States.…}, {@code Lambda.…}
 * @param cause what came with it
 */
public record Failure(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {
  CaughtError caught() {
    return CaughtError.of(error, cause);
  }
}
