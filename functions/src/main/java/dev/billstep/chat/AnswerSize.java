package dev.billstep.chat;

import java.io.IOException;

/** How much of an answer has come; one that is too large ends there. */
final class AnswerSize {

  /** Some hundred times what the longest page has; an answer is held in memory. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  private final int most;
  private long bytes;

  AnswerSize() {
    this(MOST_BYTES);
  }

  /**
   * Of something else than the answer about a page.
   *
   * @param most that it may have, in bytes
   */
  AnswerSize(int most) {
    this.most = most;
  }

  /**
   * Counts what has come.
   *
   * @throws Exceeded where that is more than an answer may have
   */
  void add(long more) throws Exceeded {
    bytes += more;
    if (bytes > most) {
      throw new Exceeded(most);
    }
  }

  /** An answer is too large. */
  static final class Exceeded extends IOException {

    private static final long serialVersionUID = 1L;

    private Exceeded(int most) {
      super("an answer of more than %,d bytes".formatted(most));
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
