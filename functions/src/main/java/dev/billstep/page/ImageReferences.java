package dev.billstep.page;

import java.util.List;

/** Port: which images rows were read from. */
public interface ImageReferences {
  /**
   * The images of pages that no row names, and no revision of one. Those of jobs that are being worked
   * on, or will be, are never among them: their rows may be yet to come.
   *
   * @param keys of blobs of any kind, whose jobs exist
   */
  List<String> unreferenced(List<String> keys);
}
