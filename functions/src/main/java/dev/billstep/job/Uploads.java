package dev.billstep.job;

import java.time.Instant;
import java.util.Optional;

/** Port: the uploads that are there, whether an event told of them or not. */
public interface Uploads {
  /** The newest upload of a job. */
  Optional<Upload> newest(UserId userId, JobId jobId);

  /** An upload, and when it was complete. */
  record Upload(UploadedObject object, Instant at) {}
}
