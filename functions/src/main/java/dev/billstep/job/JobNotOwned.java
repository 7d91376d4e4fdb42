package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** The upload's key names a user who does not own the job. */
public final class JobNotOwned extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public JobNotOwned(JobId jobId, UserId userId) {
    super(
      "Job %s does not belong to user %s: upload under the id of the user who created it.".formatted(
        jobId,
        userId
      )
    );
  }
}
