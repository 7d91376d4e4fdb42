package dev.billstep.reading;

import java.util.Optional;

/**
 * What one call of a model took.
 *
 * @param inputTokens that it was given, those of its cache among them
 * @param outputTokens that it answered with, and thought
 * @param cacheReadTokens of the input, that it had seen before
 * @param cacheWrittenTokens of the input, that it keeps for the next call
 * @param requestId the provider's own name for the call
 */
public record Usage(
  int inputTokens,
  int outputTokens,
  int cacheReadTokens,
  int cacheWrittenTokens,
  Optional<String> requestId
) {
  /** Of a model that counts no tokens. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, Optional.empty());

  /** With what of its input was read from a cache, and written to it. */
  public Usage cached(int read, int written) {
    return new Usage(inputTokens, outputTokens, read, written, requestId);
  }

  /** With what was read from a cache, and written to it, beside its input. */
  public Usage besideCache(int read, int written) {
    return new Usage(inputTokens + read + written, outputTokens, read, written, requestId);
  }

  /** With more output. */
  public Usage withOutput(int more) {
    return new Usage(
      inputTokens,
      outputTokens + more,
      cacheReadTokens,
      cacheWrittenTokens,
      requestId
    );
  }
}
