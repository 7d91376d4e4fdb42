package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** A job has no upload that it could be processed from. */
public final class UploadNotFound extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public UploadNotFound(JobId jobId, UserId userId) {
    super(
      "Job %s has no upload yet: upload its file to uploads/%s/%s/{file}.".formatted(
        jobId,
        userId,
        jobId
      )
    );
  }
}
