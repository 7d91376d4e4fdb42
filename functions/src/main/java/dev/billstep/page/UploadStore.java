package dev.billstep.page;

import dev.billstep.job.UploadedObject;
import java.nio.file.Path;

/** Port: the bucket that users upload to. */
public interface UploadStore {
  /**
   * Downloads one version of an upload into a file that does not exist yet.
   *
   * @param maxBytes the upload's size limit, checked before anything is downloaded
   * @throws UploadRejected.Gone when the object is no longer there
   * @throws UploadRejected.TooLarge when it is larger than the limit
   * @throws StorageUnavailable when the bucket does not answer
   */
  void download(UploadedObject upload, Path target, long maxBytes);
}
