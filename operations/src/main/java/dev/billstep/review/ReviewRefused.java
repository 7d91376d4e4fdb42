package dev.billstep.review;

/** A request that is not answered as it wishes. */
final class ReviewRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Says what was wrong.
   *
   * @param status of HTTP (RFC 9110, section 15)
   */
  ReviewRefused(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
