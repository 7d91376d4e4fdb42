package dev.billstep.job;

/** What the database says to a run that wants to work on a job. */
public sealed interface ClaimAnswer {
  /** This run holds the job now, until its lease ends. */
  record Granted(String token, int attempt, UserId userId) implements ClaimAnswer {}

  /** Nothing to do for this run. */
  record Declined(Reason reason) implements ClaimAnswer {}

  /** Why a run has nothing to do. */
  enum Reason {
    /** Another run holds a live lease on the job. */
    HELD,
    /** This version of the object was already processed. */
    ALREADY_PROCESSED,
  }
}
