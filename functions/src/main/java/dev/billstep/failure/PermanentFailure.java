package dev.billstep.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that trying again cannot mend. Its message is a sentence for the person who uploaded
 * the document: what was wrong and what to do. The state machine never retries one.
 */
public abstract class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected PermanentFailure(String sentence) {
    super(sentence);
  }

  protected PermanentFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
