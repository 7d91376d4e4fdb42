package dev.billstep.offline;

import dev.billstep.ocr.SeenAtPlace;
import dev.billstep.offline.labels.Compact;
import dev.billstep.page.Word;
import java.util.regex.Pattern;

/** A word of a text layer, held against what is seen where it should stand. */
record DrawnText(Word word, SeenAtPlace seen) {
  private static final Pattern RUPEE = Pattern.compile("₹|(?i:rs\\.?|inr)");
  private static final Pattern NUMBER = Pattern.compile(".*\\d.*\\d.*\\d.*");

  /** Of a word's characters, how many OCR may take for others. */
  private static final double MISTAKEN = 0.25;

  /** OCR's probability of each character from which on it tells a digit from another. */
  private static final double CERTAIN = 0.8;

  static boolean isNumber(Word word) {
    return NUMBER.matcher(word.text()).matches();
  }

  /** Whether it is the same, but for what OCR may mistake. */
  boolean agrees() {
    var wanted = Compact.text(word.text());
    var found = Compact.text(seen.text());
    return (
      isWithin(found, wanted) ||
      Compact.distance(wanted, found) <= Math.max(1, MISTAKEN * wanted.length())
    );
  }

  /** Whether a number is drawn, and plainly so, that is nearly the layer's and not the same. */
  boolean isAnotherNumber() {
    return isNumber(word) && agrees() && !isSameNumber() && seen.certainty().least() >= CERTAIN;
  }

  private boolean isSameNumber() {
    var wanted = Compact.text(word.text());
    var found = Compact.text(seen.text());
    return found.equals(wanted) || (isWithin(found, wanted) && !hasMoreDigits());
  }

  /** The rupee's sign may be seen as a letter or digit. */
  private boolean hasMoreDigits() {
    return !RUPEE.matcher(word.text()).find() && digits(seen.text()) > digits(word.text());
  }

  private static boolean isWithin(String found, String wanted) {
    return !wanted.isEmpty() && found.contains(wanted);
  }

  private static long digits(String text) {
    return text.chars().filter(Character::isDigit).count();
  }
}
