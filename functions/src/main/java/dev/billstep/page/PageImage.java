package dev.billstep.page;

import dev.billstep.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A page as a model gets it: its image is the one that the upload was split into, byte for byte. */
public final class PageImage {

  /** Of every page's image, whatever the upload was. */
  public static final String MEDIA_TYPE = "image/png";

  private final int number;
  private final String sha256;
  private final List<Word> words;
  private final Map<Picture, byte[]> pictures;
  private final Supplier<byte[]> source;
  private byte @Nullable [] bytes;

  private PageImage(
    int number,
    String sha256,
    List<Word> words,
    Map<Picture, byte[]> pictures,
    Supplier<byte[]> source
  ) {
    this.number = number;
    this.sha256 = sha256;
    this.words = words;
    this.pictures = pictures;
    this.source = source;
  }

  /** An image that is stored nowhere. */
  public static PageImage of(int number, byte[] bytes) {
    return new PageImage(number, Sha256.of(bytes), List.of(), Map.of(), () -> bytes);
  }

  /**
   * Fetches a page's image, and its text layer where it has one.
   *
   * @throws BlobChanged when the image is not the one that the manifest names
   */
  public static PageImage load(PageStore store, PageRef page) {
    return load(store, page, Optional.empty());
  }

  /**
   * The same for somebody who sends a picture of it: where that is stored it is fetched, and the image
   * not before it is looked at.
   *
   * @param sent the picture; none where the image itself is looked at
   * @throws BlobChanged when what is fetched is not what the manifest names
   */
  public static PageImage load(PageStore store, PageRef page, Optional<Picture> sent) {
    var pictures = sent
      .flatMap(picture -> stored(store, page, picture).map(bytes -> Map.of(picture, bytes)))
      .orElse(Map.of());
    var words = words(store, page);
    var loaded = new PageImage(page.number(), page.sha256(), words, pictures, () ->
      image(store, page)
    );
    if (pictures.isEmpty()) {
      loaded.bytes();
    }
    return loaded;
  }

  private static Optional<byte[]> stored(PageStore store, PageRef page, Picture wanted) {
    try {
      return page
        .pictures()
        .stream()
        .filter(picture -> picture.of().equals(wanted))
        .findFirst()
        .map(picture -> store.fetch(picture.at()));
    } catch (BlobMissing gone) {
      return Optional.empty(); // The image has all that one is made of.
    }
  }

  private static byte[] image(PageStore store, PageRef page) {
    var bytes = store.fetch(page.image());
    if (!Sha256.of(bytes).equals(page.sha256())) {
      throw new BlobChanged(page.image().toString());
    }
    return bytes;
  }

  /** The words of a page's text layer; empty where it has none. */
  public static List<Word> words(PageStore store, PageRef page) {
    return page
      .words()
      .map(uri -> List.of(Json.read(store.fetch(uri), Word[].class)))
      .orElse(List.of());
  }

  /** From 1. */
  public int number() {
    return number;
  }

  /**
   * The image's; not a copy. They may be fetched now.
   *
   * @throws BlobChanged when the image is not the one that the manifest names
   */
  public byte[] bytes() {
    var known = bytes;
    if (known == null) {
      known = source.get();
      bytes = known;
    }
    return known;
  }

  /**
   * A picture of it: the stored one, or one that is made now.
   *
   * @throws IOException when the image can't be decoded, or the picture not be encoded
   */
  public byte[] picture(Picture wanted) throws IOException {
    var stored = pictures.get(wanted);
    return stored == null ? wanted.of(this) : stored;
  }

  /** How many bytes of memory the image and pictures of it take at present. */
  public long bytesInMemory() {
    return (
      (bytes == null ? 0 : bytes.length) +
      pictures
        .values()
        .stream()
        .mapToLong(picture -> picture.length)
        .sum()
    );
  }

  /** Of the image. */
  public String mediaType() {
    return MEDIA_TYPE;
  }

  /** Of the image's bytes, in hex. */
  public String sha256() {
    return sha256;
  }

  /** The page's own text layer, in reading order; empty for a scan. */
  public List<Word> words() {
    return words;
  }
}
