package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** A job can't be replayed in the way that was asked for; it stays as it is. */
public final class ReplayInvalid extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public ReplayInvalid(JobId jobId, String problem) {
    super("Job %s can't be replayed: %s.".formatted(jobId, problem));
  }
}
