package dev.billstep.workflow;

import dev.billstep.failure.TransientFailure;
import dev.billstep.job.JobId;

/** An execution could not be started. */
public final class WorkflowUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public WorkflowUnavailable(JobId jobId, Throwable cause) {
    super(
      "The execution of job %s could not be started (%s).".formatted(jobId, cause.getMessage()),
      cause
    );
  }
}
