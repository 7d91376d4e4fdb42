package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** Another run has taken the job over; this one must not write any more. */
public final class ClaimLost extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public ClaimLost(JobId jobId, String token) {
    super("Job %s is no longer held by %s: a newer run has taken it over.".formatted(jobId, token));
  }
}
