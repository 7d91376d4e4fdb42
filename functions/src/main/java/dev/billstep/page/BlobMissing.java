package dev.billstep.page;

import dev.billstep.failure.PermanentFailure;

/** A stored page or record is not where it should be. */
public final class BlobMissing extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public BlobMissing(String uri) {
    super(
      "The stored object %s is missing: it was deleted while the job ran. Retry the job.".formatted(
        uri
      )
    );
  }
}
