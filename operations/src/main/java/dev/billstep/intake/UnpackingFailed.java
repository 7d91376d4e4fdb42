package dev.billstep.intake;

/** A ZIP or an e-mail that gives no more. */
final class UnpackingFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final String why;

  /** @param why a sentence for whoever has sent it */
  UnpackingFailed(String why) {
    super(why);
    this.why = why;
  }

  UnpackingFailed(String why, Exception cause) {
    super(why, cause);
    this.why = why;
  }

  String why() {
    return why;
  }
}
