package dev.billstep.job;

import java.net.URI;

/**
 * One run of a job that holds its claim. Small: it travels in every state's payload.
 *
 * @param token the fencing token; the database refuses a write that carries a stale one
 * @param attempt 1 for the first run of the job
 * @param settings where the snapshot of the settings is that this run keeps to its end
 */
public record JobRun(
  JobId jobId,
  UserId userId,
  String token,
  int attempt,
  UploadedObject upload,
  URI settings
) {}
