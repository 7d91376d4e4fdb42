package dev.billstep.reading;

import dev.billstep.failure.PermanentFailure;

/** The model's provider does not accept our key, or does not let it use the model. */
public final class ModelUnauthorised extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public ModelUnauthorised(String modelId, Throwable cause) {
    super(
      (
        "The provider of the model %s does not accept the API key, or the key may not use the model. " +
        "Correct the key in the stack's secret and retry the job."
      ).formatted(modelId),
      cause
    );
  }
}
