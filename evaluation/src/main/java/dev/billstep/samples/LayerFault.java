package dev.billstep.samples;

import dev.billstep.page.Word;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What can be wrong with the text that a file carries beside what it draws. */
public enum LayerFault {
  /** It stands above where it is drawn, by a line. */
  SHIFTED {
    @Override
    public List<Word> in(List<Word> layer) {
      return layer
        .stream()
        .map(word ->
          new Word(word.text(), word.x(), word.y() - word.height(), word.width(), word.height())
        )
        .toList();
    }
  },

  /** A font's table of characters is another's. */
  GARBLED {
    @Override
    public List<Word> in(List<Word> layer) {
      return said(layer, text ->
        text
          .chars()
          .map(letter -> Character.isLetterOrDigit(letter) ? letter + 1 : letter)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString()
      );
    }
  },

  /** A scanner's own OCR of long ago: every fifth letter or digit is another. */
  POOR_OCR {
    @Override
    public List<Word> in(List<Word> layer) {
      return said(layer, text -> EVERY_FIFTH.matcher(text).replaceAll("$1e"));
    }
  },

  /** Of the largest amount one digit is another, wherever it stands. */
  ALTERED_TOTAL {
    @Override
    public List<Word> in(List<Word> layer) {
      var largest = layer
        .stream()
        .map(Word::text)
        .filter(text -> AMOUNT.matcher(text).matches())
        .max(Comparator.comparing(LayerFault::value));
      return largest
        .map(amount -> said(layer, text -> text.equals(amount) ? altered(text) : text))
        .orElse(layer);
    }
  };

  private static final Pattern EVERY_FIFTH = Pattern.compile("([\\p{L}\\p{N}]{4})[\\p{L}\\p{N}]");
  private static final Pattern AMOUNT = Pattern.compile("(?:₹|Rs\\.?)?\\d[\\d,]*\\.\\d\\d");

  private static final Pattern CURRENCY = Pattern.compile("^(?:₹|Rs\\.?)");

  /** The layer with it. */
  public abstract List<Word> in(List<Word> layer);

  private static List<Word> said(List<Word> layer, UnaryOperator<String> says) {
    return layer
      .stream()
      .map(word ->
        new Word(says.apply(word.text()), word.x(), word.y(), word.width(), word.height())
      )
      .toList();
  }

  private static BigDecimal value(String amount) {
    return new BigDecimal(CURRENCY.matcher(amount).replaceFirst("").replace(",", ""));
  }

  /** Its second digit, or its only one before the point. */
  private static String altered(String amount) {
    int first = amount.replaceAll("\\d", "0").indexOf('0');
    int at = Character.isDigit(amount.charAt(first + 1)) ? first + 1 : first;
    char other = amount.charAt(at) == '7' ? '4' : '7';
    return amount.substring(0, at) + other + amount.substring(at + 1);
  }
}
