package dev.billstep.reading;

/** The model answers about other pages, and never about this one. */
public final class ModelNeverAnswered extends PageFailure {

  private static final long serialVersionUID = 1L;

  public ModelNeverAnswered(String modelId, int times) {
    super(
      (
        "The model %s answered about other pages, but in %d tries not about this one. Read it with " +
        "another model."
      ).formatted(modelId, times),
      Usage.NONE
    );
  }
}
