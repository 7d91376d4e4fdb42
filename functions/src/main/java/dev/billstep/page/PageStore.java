package dev.billstep.page;

import dev.billstep.job.JobId;
import java.net.URI;
import java.util.Optional;

/**
 * Port: page images and JSON records, all below {@code {root}/jobs/{jobId}/}. Storing the same
 * thing again gives the same URI and the same bytes.
 */
public interface PageStore {
  /**
   * Stores a page's image at {@code jobs/{jobId}/page-{pageNumber}.png}.
   *
   * @param pageNumber from 1
   * @param png the image
   * @throws StorageUnavailable when the store does not answer
   */
  URI storePage(JobId jobId, int pageNumber, byte[] png);

  /**
   * The bytes of an image or record that this store has given the URI of.
   *
   * @throws BlobMissing when it is gone, or was never this store's
   */
  byte[] fetch(URI uri);

  /** Stores a JSON record at {@code jobs/{jobId}/{name}.json}. */
  URI storeRecord(JobId jobId, String name, byte[] json);

  /** The record of that name, where there is one. */
  Optional<byte[]> findRecord(JobId jobId, String name);
}
