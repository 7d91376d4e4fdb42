package dev.billstep.page;

import java.util.List;
import java.util.Optional;

/** Port: what is stored for jobs, whether they exist or not. */
public interface BlobStore {
  /**
   * Some of what is stored, in an order that stays.
   *
   * @param after a key, whether it is there still or not; empty for the beginning
   * @param limit of blobs
   */
  Portion portion(Optional<String> after, int limit);

  /** Deletes blobs. One that is gone already is deleted. */
  void delete(List<Blob> blobs);

  /**
   * A part of what is stored.
   *
   * @param blobs all that its key attributes to a job; anything else is never listed
   * @param last key that was looked at; empty where there is no more
   */
  record Portion(List<Blob> blobs, Optional<String> last) {}
}
