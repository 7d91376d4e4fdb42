package dev.billstep.stack;

import org.jspecify.annotations.Nullable;

/** The stack could not be started or reached; the message says what to do. */
public final class StackFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StackFailure(String sentence) {
    this(sentence, null);
  }

  public StackFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
