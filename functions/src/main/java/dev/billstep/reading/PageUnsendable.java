package dev.billstep.reading;

/** There is no image of the page that could be sent to a model. */
public final class PageUnsendable extends PageFailure {

  private static final long serialVersionUID = 1L;

  public PageUnsendable(int page, String problem) {
    super(
      "The image of page %d could not be sent to the model (%s). Retry the job, or upload the document again.".formatted(
        page,
        problem
      ),
      Usage.NONE
    );
  }
}
