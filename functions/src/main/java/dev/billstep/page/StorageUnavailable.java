package dev.billstep.page;

import dev.billstep.failure.TransientFailure;

/** The object store did not answer, or answered that it is overloaded. */
public final class StorageUnavailable extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public StorageUnavailable(String what, Throwable cause) {
    super("The object store could not be reached (%s).".formatted(what), cause);
  }
}
