package dev.billstep.step;

import dev.billstep.failure.PermanentFailure;

/**
 * More pages could not be read than the job's policy allows. The rows are written, and the job has
 * ended as {@code error} with the same sentence.
 */
public final class TooManyPagesUnread extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  /**
   * Names them.
   *
   * @param named the first of them, each with why
   */
  TooManyPagesUnread(int unread, int pages, String named) {
    super("Too many pages could not be read, %d of %d: %s.".formatted(unread, pages, named));
  }
}
