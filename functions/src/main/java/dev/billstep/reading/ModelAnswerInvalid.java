package dev.billstep.reading;

import java.util.List;

/** A model's answer does not fit what it was asked for, even after it was shown what is wrong. */
public final class ModelAnswerInvalid extends PageFailure {

  private static final long serialVersionUID = 1L;

  private ModelAnswerInvalid(String sentence, Usage usage) {
    super(sentence, usage);
  }

  public static ModelAnswerInvalid labels(String modelId, int pages, int labels) {
    return new ModelAnswerInvalid(
      "The model %s gave %d labels for %d pages. Retry the job, or choose another model.".formatted(
        modelId,
        labels,
        pages
      ),
      Usage.NONE
    );
  }

  public static ModelAnswerInvalid fields(String modelId, int page, List<String> problems) {
    return new ModelAnswerInvalid(
      (
        "Page %d could not be read: what the model %s gave does not match the schema (%s). Retry the " +
        "job, or choose another model."
      ).formatted(page, modelId, String.join("; ", problems)),
      Usage.NONE
    );
  }

  /** An answer that can't even be taken apart. */
  public static ModelAnswerInvalid notAsAsked(String modelId, String problem, Usage usage) {
    return new ModelAnswerInvalid(
      "The model %s did not answer as asked (%s). Retry the job, or choose another model.".formatted(
        modelId,
        problem
      ),
      usage
    );
  }
}
