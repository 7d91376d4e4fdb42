package dev.billstep.reading;

import dev.billstep.failure.TransientFailure;

/** The model did not answer, or broke down while it worked. */
public final class ModelUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public ModelUnavailable(String modelId, Throwable cause) {
    super("The model %s did not answer (%s).".formatted(modelId, cause.getMessage()), cause);
  }
}
