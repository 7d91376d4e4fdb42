package dev.billstep.offline;

import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A piece of text on a page, in pixels.
 *
 * @param compact its letters, digits, {@code #} and {@code %} alone, in lower case, with {@code i}
 *     for {@code l}: labels are compared by that, since spaces and dots come and go, and OCR takes
 *     one of these letters for the other
 */
record Cell(String text, String compact, double left, double top, double right, double bottom) {
  private static final Pattern WORD = Pattern.compile("\\S+");

  static Cell of(Word word) {
    return new Cell(
      word.text(),
      compact(word.text()),
      word.x(),
      word.y(),
      word.x() + word.width(),
      word.y() + word.height()
    );
  }

  static String compact(String text) {
    var compact = new StringBuilder();
    text
      .toLowerCase(Locale.ROOT)
      .chars()
      .filter(Cell::counts)
      .forEach(character -> compact.append(character == 'l' ? 'i' : (char) character));
    return compact.toString();
  }

  private static boolean counts(int character) {
    return Character.isLetterOrDigit(character) || character == '#' || character == '%';
  }

  /** The part of this cell between two characters of its text; its place is worked out from them. */
  Cell part(int from, int to) {
    double width = right - left;
    int length = Math.max(1, text.length());
    var partText = text.substring(from, to);
    int leading = partText.length() - partText.stripLeading().length();
    var stripped = partText.strip();
    double start = left + (width * (from + leading)) / length;
    return new Cell(
      stripped,
      compact(stripped),
      start,
      top,
      start + (width * stripped.length()) / length,
      bottom
    );
  }

  /** Its words, each with its place. */
  List<Cell> words() {
    var words = new ArrayList<Cell>();
    var word = WORD.matcher(text);
    while (word.find()) {
      words.add(part(word.start(), word.end()));
    }
    return words;
  }

  double middle() {
    return (top + bottom) / 2;
  }

  double center() {
    return (left + right) / 2;
  }

  double height() {
    return bottom - top;
  }

  /** How many pixels of width two cells share; negative is the gap between them. */
  double overlap(Cell other) {
    return Math.min(right, other.right) - Math.max(left, other.left);
  }

  /** What follows a label in this cell's text. */
  String after(int compactStart, String label) {
    int toSkip = compactStart + label.length();
    int index = 0;
    while (index < text.length() && toSkip > 0) {
      if (counts(Character.toLowerCase(text.charAt(index)))) {
        toSkip--;
      }
      index++;
    }
    return withoutSeparator(text.substring(index));
  }

  /** A value without what parts it from its label; a minus stays with its number. */
  static String withoutSeparator(String value) {
    return value.replaceFirst("^(?:[\\s.:;,=–—)]|-(?!\\d))+", "").strip();
  }

  /** Whether a word begins there: after what is no letter, or where small letters turn to capitals. */
  boolean wordBegins(int compactIndex) {
    int index = 0;
    int toSkip = compactIndex;
    while (index < text.length()) {
      if (counts(Character.toLowerCase(text.charAt(index)))) {
        if (toSkip == 0) {
          break;
        }
        toSkip--;
      }
      index++;
    }
    if (index == 0 || index >= text.length()) {
      return index == 0;
    }
    char before = text.charAt(index - 1);
    return (
      !Character.isLetter(before) ||
      (Character.isLowerCase(before) && Character.isUpperCase(text.charAt(index)))
    );
  }
}
