package dev.billstep.chat;

import java.io.IOException;

/** How much of an answer has come; one that is too large ends there. */
final class AnswerSize {

  /** Some hundred times what the longest page has; an answer is held in memory. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  private long bytes;

  /**
   * Counts what has come.
   *
   * @throws Exceeded where that is more than an answer may have
   */
  void add(long more) throws Exceeded {
    bytes += more;
    if (bytes > MOST_BYTES) {
      throw new Exceeded();
    }
  }

  /** An answer is too large. */
  static final class Exceeded extends IOException {

    private static final long serialVersionUID = 1L;

    private Exceeded() {
      super("an answer of more than %,d bytes".formatted(MOST_BYTES));
    }

    static boolean isBehind(Throwable failure) {
      var cause = failure;
      while (cause != null && !(cause instanceof Exceeded)) {
        cause = cause.getCause();
      }
      return cause != null;
    }
  }
}
