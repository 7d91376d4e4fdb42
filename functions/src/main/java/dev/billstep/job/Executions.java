package dev.billstep.job;

/** Port: the workflow that processes jobs. */
public interface Executions {
  /** Starts an execution that tries a job again. */
  void start(JobId jobId);
}
