package dev.billstep.reading;

/** The model, or its provider's filter, will not answer for this page. */
public final class ModelRefused extends PageFailure {

  private static final long serialVersionUID = 1L;

  public ModelRefused(String modelId, String why, Usage usage) {
    super(
      "The model %s refused the page (%s). Read it with another model.".formatted(modelId, why),
      usage
    );
  }
}
