package dev.billstep.step;

import dev.billstep.failure.PermanentFailure;

/**
 * More pages could not be read than the job's policy allows. The rows are written, and the job has
 * ended as {@code error} with the same sentence.
 */
public final class TooManyPagesUnread extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  TooManyPagesUnread(String sentence) {
    super(sentence);
  }
}
