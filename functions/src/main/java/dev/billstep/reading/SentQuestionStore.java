package dev.billstep.reading;

import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Port: the questions of jobs that are with providers. */
public interface SentQuestionStore {
  /** Those of a job, whichever of its runs has sent them. */
  Optional<SentQuestions> of(JobId jobId);

  /**
   * Notes what was sent, and keeps the job for the run that waits for it.
   *
   * @param lease from now on
   * @throws dev.billstep.job.ClaimLost when a newer run has taken the job over
   */
  void keep(JobRun run, SentQuestions sent, Duration lease);

  /**
   * Nothing is waited for any more.
   *
   * @throws dev.billstep.job.ClaimLost when a newer run has taken the job over
   */
  void settle(JobRun run);

  /** Those that nobody waits for: their jobs have ended without them. */
  List<Abandoned> abandoned(int limit);

  /** Drops them; nothing changes where the job is at work again, or has sent others. */
  void forget(Abandoned abandoned);

  /** What a job has left with a provider. */
  record Abandoned(JobId jobId, SentQuestions sent) {}
}
