package dev.billstep.job;

import dev.billstep.failure.PermanentFailure;

/** The object's key does not say whose upload it is, or which job it belongs to. */
public final class UploadKeyInvalid extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public UploadKeyInvalid(String key) {
    super(
      (
        "The object key \"%s\" is not an upload: upload to uploads/{userId}/{jobId}/{file}, " +
        "both ids as lower-case UUIDs."
      ).formatted(key)
    );
  }
}
