package dev.billstep.page;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.net.URI;
import java.util.List;
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
 * @param pictures those of the image that a model of the run will be sent, as far as they are made already
 */
public record PageRef(
  int number,
  String sha256,
  URI image,
  Optional<URI> words,
  Set<Omission> omissions,
  @JsonSetter(nulls = Nulls.AS_EMPTY) List<StoredPicture> pictures
) {
  /** Of a page that is drawn as a whole. */
  public PageRef(int number, String sha256, URI image, Optional<URI> words) {
    this(number, sha256, image, words, Set.of(), List.of());
  }
}
