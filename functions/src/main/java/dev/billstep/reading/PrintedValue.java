package dev.billstep.reading;

import dev.billstep.page.Word;
import java.util.Optional;

/**
 * A field's value as it is printed on the page, beside the form in which it is stored.
 *
 * @param text as printed, or as the model gave it where it is not known where it stands
 * @param box where it stands
 */
public record PrintedValue(String text, Optional<Box> box) {
  static PrintedValue of(String text) {
    return new PrintedValue(text, Optional.empty());
  }

  /** A place on the page's image, in its pixels, from its upper left corner. */
  public record Box(int x, int y, int width, int height) {
    /** Around a word, in whole pixels. */
    public static Box of(Word word) {
      return new Box(
        (int) Math.floor(word.x()),
        (int) Math.floor(word.y()),
        (int) Math.ceil(word.width()),
        (int) Math.ceil(word.height())
      );
    }
  }
}
