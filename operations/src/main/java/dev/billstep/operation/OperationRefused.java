package dev.billstep.operation;

/** Something that can't be done to a job; the message says why, and what can be done. */
public final class OperationRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** What it is about is not there. */
    NOT_FOUND,
    /** The job is in a state in which it can't be done. */
    NOT_NOW,
    /** What was given does not make sense. */
    INVALID,
    /** Who asks may not. */
    NOT_ALLOWED,
  }

  private final Reason reason;

  public OperationRefused(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
