package dev.billstep.watch;

import dev.billstep.job.Executions;
import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import java.util.List;

/** Starts waiting jobs again: one as a probe, more as long as their model answers, then all. */
public final class Resume {

  /** Of one round; a round a minute keeps the start of executions far below its quota. */
  private static final int AT_ONCE = 50;

  private final JobStore jobs;
  private final Executions executions;

  public Resume(JobStore jobs, Executions executions) {
    this.jobs = jobs;
    this.executions = executions;
  }

  /**
   * Starts the jobs whose turn it is. One that can't be started has its turn again in five minutes.
   *
   * @return what was started
   */
  public List<JobId> resume() {
    var due = jobs.resume(AT_ONCE);
    due.forEach(executions::start);
    return due;
  }
}
