package dev.billstep.textract;

import dev.billstep.failure.PermanentFailure;

/** Amazon Textract may not be used, or not as it is asked: that is no page's fault. */
public final class TextractRefused extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  TextractRefused(String code, Throwable cause) {
    super(
      (
        "Amazon Textract refused to read the page's words (%s). Let the function's role use it in its region, " +
        "or deploy without it (docs/deploy.md), and retry the job."
      ).formatted(code),
      cause
    );
  }
}
