package dev.billstep.operation;

import java.util.Locale;

/** What reviewers work through, as the database tells the piles apart ({@code pile_of}). */
public enum Pile {
  /** Documents that were read, and that somebody should look at. */
  FLAGGED,

  /** Pages that nobody knows what they are. */
  UNKNOWN,

  /** Documents that nothing is known against, and nobody has approved. */
  CLEAR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
