package dev.billstep.page;

import java.util.List;
import java.util.stream.Stream;

/** Port: what is stored for jobs, whether they exist or not. */
public interface BlobStore {
  /** Everything that is attributed to a job by its key; anything else is never listed. */
  Stream<Blob> blobs();

  /** Deletes blobs. One that is gone already is deleted. */
  void delete(List<Blob> blobs);
}
