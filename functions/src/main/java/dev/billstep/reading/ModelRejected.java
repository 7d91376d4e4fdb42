package dev.billstep.reading;

import dev.billstep.failure.PermanentFailure;

/** The model's provider does not take the request as it is: the settings need a look. */
public final class ModelRejected extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public ModelRejected(String modelId, String reason, Throwable cause) {
    super(
      "The provider of the model %s rejected the request (%s). Correct the model setting and retry the job.".formatted(
        modelId,
        reason
      ),
      cause
    );
  }
}
