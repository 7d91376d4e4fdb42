package dev.billstep.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A call of a model that was made, and paid for, for a job.
 *
 * @param id tells it from every other call: noting it twice counts it once
 * @param attempt the run that made it
 * @param step {@code classify}, {@code read}, {@code repair} of what does not fit the schema, or {@code
 *     reread} of what does not add up
 * @param pages that it was about, from 1
 * @param outcome {@code ok}, or the name of the failure
 * @param requestId the provider's own name for the call
 * @param batch the provider's name for the batch that it was part of, at half the price
 */
public record ModelCall(
  UUID id,
  int attempt,
  String step,
  List<Integer> pages,
  String modelId,
  String promptVersion,
  String outcome,
  Optional<String> requestId,
  int inputTokens,
  int outputTokens,
  BigDecimal costUsd,
  long elapsedMs,
  Optional<String> batch
) {
  public static final String OK = "ok";
}
