package dev.billstep.doc;

import dev.billstep.job.ClaimLost;
import dev.billstep.job.JobRun;
import java.util.List;

/** Port: the {@code Doc} rows. */
public interface DocStore {
  /**
   * In one transaction: the job has exactly these rows, and is {@code processed}.
   *
   * @throws ClaimLost when a newer run has taken the job over; then nothing is written
   */
  void persist(JobRun run, List<Doc> docs);
}
