package dev.billstep.reading;

/** The model's answer is longer than it may be. */
public final class ModelAnswerCutShort extends PageFailure {

  private static final long serialVersionUID = 1L;

  public ModelAnswerCutShort(String modelId, int maxOutputTokens, Usage usage) {
    super(
      (
        "The model %s needs more than %d tokens to answer for the page. Raise maxOutputTokens in " +
        "the model setting, or choose another model."
      ).formatted(modelId, maxOutputTokens),
      usage
    );
  }
}
