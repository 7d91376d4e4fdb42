package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** There is no {@code JobThread} row for the upload. */
public final class JobNotFound extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public JobNotFound(JobId jobId) {
    super("There is no job %s: create the job before uploading its file.".formatted(jobId));
  }
}
