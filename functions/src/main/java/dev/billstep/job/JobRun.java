package dev.billstep.job;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One run of a job that holds its claim. Small: it travels in every state's payload.
 *
 * @param token the fencing token; the database refuses a write that carries a stale one
 * @param attempt 1 for the first run of the job
 * @param replay what the job is processed again for, where it is
 * @param settings where the snapshot of the settings is that this run keeps to its end
 */
public record JobRun(
  JobId jobId,
  UserId userId,
  String token,
  int attempt,
  UploadedObject upload,
  Optional<Replay> replay,
  URI settings
) {
  /** The pages that are read, where they are not all, from 1 and in order. */
  public Optional<List<Integer>> onlyPages() {
    return replay.map(Replay::pages).filter(pages -> !pages.isEmpty());
  }
}
