package dev.billstep.page;

import dev.billstep.failure.TransientFailure;

/** There is no room left for the upload, or for what is made of it: another time there is. */
public final class DiskFull extends TransientFailure {

  private static final long serialVersionUID = 1L;

  /** What the C library says of ENOSPC. */
  private static final String NO_SPACE = "No space left on device";

  public DiskFull(Throwable cause) {
    super("There is no room left on the disk to split the document. Retry the job later.", cause);
  }

  /**
   * Tells a full disk from a damaged file: Java gives both as an {@code IOException}.
   *
   * @throws DiskFull when that is the cause
   */
  public static void throwIfSo(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
        throw new DiskFull(failure);
      }
    }
  }
}
