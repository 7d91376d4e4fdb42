package dev.billstep.reading;

import dev.billstep.failure.PermanentFailure;
import java.util.List;

/** A model's answer does not fit what it was asked for. */
public final class ModelAnswerInvalid extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  private ModelAnswerInvalid(String sentence) {
    super(sentence);
  }

  static ModelAnswerInvalid labels(String modelId, int pages, int labels) {
    return new ModelAnswerInvalid(
      "The model %s gave %d labels for %d pages. Retry the job, or choose another model.".formatted(
        modelId,
        labels,
        pages
      )
    );
  }

  static ModelAnswerInvalid fields(String modelId, int page, List<String> problems) {
    return new ModelAnswerInvalid(
      (
        "Page %d could not be read: what the model %s gave does not fit the schema (%s). Retry the " +
        "job, or choose another model."
      ).formatted(page, modelId, String.join("; ", problems))
    );
  }
}
