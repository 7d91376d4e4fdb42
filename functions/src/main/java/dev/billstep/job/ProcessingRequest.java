package dev.billstep.job;

import java.util.Optional;

/** What an execution was started for. */
public sealed interface ProcessingRequest {
  JobId jobId();

  /**
   * An object was uploaded.
   *
   * @param sequencer orders the writes to one key (Amazon S3 user guide, "Event message structure")
   */
  record Uploaded(
    JobId jobId,
    UserId userId,
    UploadedObject object,
    Optional<String> sequencer
  ) implements ProcessingRequest {}

  /** A job is tried again, as it was. */
  record Retry(JobId jobId) implements ProcessingRequest {}

  /** A job is processed again, in another way. */
  record Replayed(JobId jobId, Replay replay) implements ProcessingRequest {}
}
