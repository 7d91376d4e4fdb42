package dev.billstep.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that may be gone in a while: the state machine retries each concrete type by name, with
 * backoff and full jitter.
 */
public abstract class TransientFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected TransientFailure(String sentence) {
    super(sentence);
  }

  protected TransientFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
