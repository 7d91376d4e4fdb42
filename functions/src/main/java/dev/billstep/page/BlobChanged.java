package dev.billstep.page;

import dev.billstep.failure.PermanentFailure;

/** A stored image or record is no longer what was stored. */
public final class BlobChanged extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public BlobChanged(String uri) {
    super(
      "The stored object %s is not what was stored: its content was changed. Retry the job, which stores it again.".formatted(
        uri
      )
    );
  }
}
