package dev.billstep.page;

import dev.billstep.json.Json;
import java.util.List;

/** A page as a model gets it: its image is the one that the upload was split into, byte for byte. */
public final class PageImage {

  /** Of every page's image, whatever the upload was. */
  public static final String MEDIA_TYPE = "image/png";

  private final int number;
  private final byte[] bytes;
  private final String sha256;
  private final List<Word> words;

  private PageImage(int number, byte[] bytes, String sha256, List<Word> words) {
    this.number = number;
    this.bytes = bytes;
    this.sha256 = sha256;
    this.words = words;
  }

  /** An image that is stored nowhere. */
  public static PageImage of(int number, byte[] bytes) {
    return new PageImage(number, bytes, Sha256.of(bytes), List.of());
  }

  /**
   * Fetches a page's image, and its text layer where it has one.
   *
   * @throws BlobChanged when the image is not the one that the manifest names
   */
  public static PageImage load(PageStore store, PageRef page) {
    var bytes = store.fetch(page.image());
    if (!Sha256.of(bytes).equals(page.sha256())) {
      throw new BlobChanged(page.image().toString());
    }
    return new PageImage(page.number(), bytes, page.sha256(), words(store, page));
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

  /** The image's; not a copy. */
  public byte[] bytes() {
    return bytes;
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
