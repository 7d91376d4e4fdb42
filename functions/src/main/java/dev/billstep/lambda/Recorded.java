package dev.billstep.lambda;

import dev.billstep.job.CaughtError;
import dev.billstep.job.JobId;
import java.util.Optional;

/**
 * A failure as {@code JobThread} holds it: what the states that end a job put out.
 *
 * @param jobId empty where the execution held no job
 */
public record Recorded(Optional<JobId> jobId, String error, String sentence) {
  static Recorded of(Optional<JobId> jobId, CaughtError error) {
    return new Recorded(jobId, error.name(), error.sentence());
  }
}
