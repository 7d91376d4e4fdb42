package dev.billstep.textract;

import dev.billstep.failure.TransientFailure;

/** Amazon Textract did not answer, or takes no more calls for now. */
public final class TextractUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  TextractUnavailable(Throwable cause) {
    super("Amazon Textract did not read the page's words.", cause);
  }
}
