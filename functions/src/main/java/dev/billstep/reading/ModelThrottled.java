package dev.billstep.reading;

import dev.billstep.failure.TransientFailure;

/** The model's provider takes no more calls for now. */
public final class ModelThrottled extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public ModelThrottled(String modelId, Throwable cause) {
    super("The model %s accepts no more calls for now.".formatted(modelId), cause);
  }
}
