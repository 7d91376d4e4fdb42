package dev.billstep.job;

import java.util.Optional;

/**
 * One version of an uploaded object.
 *
 * @param versionId empty where the bucket keeps no versions
 * @param etag the entity tag, without quotes
 */
public record UploadedObject(String bucket, String key, Optional<String> versionId, String etag) {
  public UploadKey uploadKey() {
    return UploadKey.parse(key);
  }

  /**
   * The object of an execution's request.
   *
   * @throws UploadKeyInvalid when its key is not that of an upload
   */
  public ProcessingRequest.Uploaded request(Optional<String> sequencer) {
    var uploadKey = uploadKey();
    return new ProcessingRequest.Uploaded(uploadKey.jobId(), uploadKey.userId(), this, sequencer);
  }
}
