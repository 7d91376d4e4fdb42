package dev.billstep.page;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A page of a job, by reference.
 *
 * @param number from 1
 * @param sha256 of the image's bytes, in hex
 * @param image where the PNG is, for good; of a page that could not be drawn, where the {@link UndrawnRecord} is
 * @param words where the page's own text layer is ({@link Word}s), for a page that has one
 * @param omissions what the page shows and the image does not
 * @param undrawn whether there is no image
 */
public record PageRef(
  int number,
  String sha256,
  URI image,
  Optional<URI> words,
  Set<Omission> omissions,
  boolean undrawn
) {
  /** Of a page that is drawn as a whole. */
  public PageRef(int number, String sha256, URI image, Optional<URI> words) {
    this(number, sha256, image, words, Set.of());
  }

  /** Of a page that has an image. */
  public PageRef(
    int number,
    String sha256,
    URI image,
    Optional<URI> words,
    Set<Omission> omissions
  ) {
    this(number, sha256, image, words, omissions, false);
  }

  /** Of a page that can't be drawn; its image is the record of why. */
  public static PageRef undrawn(int number, String sha256, URI record) {
    return new PageRef(number, sha256, record, Optional.empty(), Set.of(), true);
  }

  /** Whether there is an image of it. */
  public boolean hasImage() {
    return !undrawn;
  }
}
