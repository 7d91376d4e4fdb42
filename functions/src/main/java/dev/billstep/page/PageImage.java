package dev.billstep.page;

import dev.billstep.json.Json;
import java.util.List;

/** A page as a model gets it. */
public final class PageImage {

  private final int number;
  private final byte[] png;
  private final List<Word> words;

  private PageImage(int number, byte[] png, List<Word> words) {
    this.number = number;
    this.png = png;
    this.words = words;
  }

  /** A picture that is stored nowhere. */
  public static PageImage of(int number, byte[] png) {
    return new PageImage(number, png, List.of());
  }

  /** Fetches a page's image, and its text layer where it has one. */
  public static PageImage load(PageStore store, PageRef page) {
    List<Word> words = page
      .words()
      .map(uri -> List.of(Json.read(store.fetch(uri), Word[].class)))
      .orElse(List.of());
    return new PageImage(page.number(), store.fetch(page.image()), words);
  }

  /** From 1. */
  public int number() {
    return number;
  }

  /** The image; not a copy. */
  public byte[] png() {
    return png;
  }

  /** The page's own text layer, in reading order; empty for a scan. */
  public List<Word> words() {
    return words;
  }
}
