package dev.billstep.reading;

import dev.billstep.failure.PermanentFailure;

/**
 * The account that a model is paid from has nothing left to ask it with: no credit, or none of its
 * quota for days. Waiting a while does not mend that, as it does {@link ModelThrottled}.
 */
public final class ModelQuotaExhausted extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public ModelQuotaExhausted(String modelId, String reason, Throwable cause) {
    super(
      (
        "The account at the provider of the model %s has no credit or quota left (%s). Add credit or raise " +
        "the limit there, or choose another model, then retry the job."
      ).formatted(modelId, reason),
      cause
    );
  }
}
