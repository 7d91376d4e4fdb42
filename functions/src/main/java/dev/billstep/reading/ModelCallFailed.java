package dev.billstep.reading;

/** Asking a model about a page failed in a way that nobody foresaw: neither the model nor its provider has said no. */
public final class ModelCallFailed extends PageFailure {

  private static final long serialVersionUID = 1L;

  public ModelCallFailed(String modelId) {
    super(
      (
        "Asking the model %s about the page failed in a way that Billstep was not prepared for. Retry " +
        "the job, or read the page with another model; if it happens again, tell whoever runs Billstep."
      ).formatted(modelId),
      Usage.NONE
    );
  }
}
