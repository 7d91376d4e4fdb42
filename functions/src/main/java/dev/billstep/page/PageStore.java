package dev.billstep.page;

import dev.billstep.job.JobId;
import java.net.URI;
import java.util.Optional;

/**
 * Port: page images, pictures of them and JSON records, all below {@code {root}/jobs/{jobId}/}. Storing the same
 * thing again gives the same URI and the same bytes. What is named by its SHA-256 is never replaced by
 * anything else, and checked against its name when it is fetched.
 */
public interface PageStore {
  /**
   * Stores a page's image for good, at {@code jobs/{jobId}/pages/{sha256}.png}: what rows, revisions
   * and manifests refer to.
   *
   * @param png the image
   * @throws StorageUnavailable when the store does not answer
   */
  URI storePage(JobId jobId, byte[] png);

  /**
   * Stores a picture of a page for as long as the page's image, at
   * {@code jobs/{jobId}/pictures/{sha256 of the image}/{sha256 of the picture}.{suffix}}.
   *
   * @param pageSha256 of the page's image, in hex
   * @throws StorageUnavailable when the store does not answer
   */
  URI storePicture(JobId jobId, String pageSha256, Picture.Format format, byte[] picture);

  /**
   * Makes an image the page's present one: {@code jobs/{jobId}/page-{pageNumber}.png} becomes a copy
   * of it. Nothing of ours refers to that copy.
   *
   * @param pageNumber from 1
   * @param image of {@link #storePage}
   * @throws BlobMissing when there is no such image
   */
  void makeCurrent(JobId jobId, int pageNumber, URI image);

  /**
   * The bytes of an image or record that this store has given the URI of.
   *
   * @throws BlobMissing when it is gone, or was never this store's
   * @throws BlobChanged when it is named by its SHA-256, and that is another one by now
   */
  byte[] fetch(URI uri);

  /** Stores a JSON record at {@code jobs/{jobId}/{name}.json}. */
  URI storeRecord(JobId jobId, String name, byte[] json);

  /** The record of that name, where there is one. */
  Optional<byte[]> findRecord(JobId jobId, String name);
}
