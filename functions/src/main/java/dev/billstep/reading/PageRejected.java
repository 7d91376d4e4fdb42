package dev.billstep.reading;

/** The model's provider does not take this page as it is sent: too large, or an image that it makes nothing of. */
public final class PageRejected extends PageFailure {

  private static final long serialVersionUID = 1L;

  public PageRejected(String modelId, String reason) {
    super(
      (
        "The provider of the model %s rejected the page (%s). Read it with another model, or send " +
        "it smaller: image.longEdge in the model setting."
      ).formatted(modelId, reason),
      Usage.NONE
    );
  }
}
