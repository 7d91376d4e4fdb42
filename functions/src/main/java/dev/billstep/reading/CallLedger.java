package dev.billstep.reading;

import dev.billstep.job.JobId;
import java.util.List;

/** Port: the calls that were made for jobs. */
public interface CallLedger {
  /** Notes calls; one that is noted already is not counted again. */
  void record(JobId jobId, List<ModelCall> calls);
}
