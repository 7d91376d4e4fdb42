package dev.billstep.text;

/**
 * Text that can be stored. PostgreSQL's {@code text} and {@code jsonb} take no U+0000, and UTF-8 has
 * no half of a surrogate pair; PDFs, models and file names may have both.
 */
public final class StorableText {

  /** Unicode's own sign for what can't be shown, U+FFFD. */
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /** The text with a replacement character wherever it has what can't be stored. */
  public static String of(String text) {
    int first = firstUnstorable(text);
    if (first == text.length()) {
      return text;
    }
    var storable = new StringBuilder(text);
    for (int index = first; index < text.length(); index++) {
      if (isUnstorable(text, index)) {
        storable.setCharAt(index, REPLACEMENT);
      }
    }
    return storable.toString();
  }

  /** Whether it can be stored as it is. */
  public static boolean isStorable(String text) {
    return firstUnstorable(text) == text.length();
  }

  /**
   * The beginning of a text, with an ellipsis where it goes on. No character is cut in two.
   *
   * @param longest that it may be without the ellipsis, in UTF-16 units
   */
  public static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }

  private static int firstUnstorable(String text) {
    int index = 0;
    while (index < text.length() && !isUnstorable(text, index)) {
      index++;
    }
    return index;
  }

  private static boolean isUnstorable(String text, int index) {
    char character = text.charAt(index);
    if (Character.isHighSurrogate(character)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(character)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    return character == '\0';
  }
}
