package dev.billstep.reading;

import java.util.Optional;

/**
 * What one call of a model took.
 *
 * @param requestId the provider's own name for the call
 */
public record Usage(int inputTokens, int outputTokens, Optional<String> requestId) {
  /** Of a model that counts no tokens. */
  public static final Usage NONE = new Usage(0, 0, Optional.empty());
}
