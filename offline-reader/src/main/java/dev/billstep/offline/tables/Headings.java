package dev.billstep.offline.tables;

import dev.billstep.offline.labels.Compact;
import dev.billstep.offline.labels.Lexicon;
import dev.billstep.offline.tokens.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the headings of one kind of table are called. */
public final class Headings {

  /** What stands in brackets behind a heading, and signs of money, say nothing of the column. */
  private static final String ASIDE = "\\(?(?:(?i)Rs\\.?|INR|₹|in)\\)?\\.?$|\\([^)]*\\)";

  private final Lexicon lexicon;
  private final Set<String> words = new HashSet<>();
  private int longest;

  private Headings(Lexicon lexicon) {
    this.lexicon = lexicon;
    lexicon
      .entries()
      .stream()
      .flatMap(entry -> List.of(entry.spelling().split("[\\s/&()+.-]+")).stream())
      .map(Compact::text)
      .filter(word -> !word.isEmpty())
      .forEach(words::add);
    words.addAll(
      List.of("excluding", "taxes", "inr", "rs", "ps", "if", "any", "of", "and", "in", "incl")
        .stream()
        .map(Compact::text)
        .toList()
    );
    longest = words.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * Reads a file of the reader's package.
   *
   * @param name such as {@code columns.tsv}
   */
  public static Headings load(String name) {
    return new Headings(Lexicon.load(name));
  }

  /** Whether a word stands in headings; several where OCR has lost the blanks between them. */
  boolean isWord(String text) {
    var compact = Compact.text(text.replaceAll("@.*", ""));
    if (text.matches("\\(\\S\\)")) {
      return true; // A sign of money in brackets, whatever OCR takes it for.
    }
    if (text.chars().allMatch(character -> Character.isDigit(character) || character == '.')) {
      return false;
    }
    if (compact.isEmpty()) {
      return text.matches("[₹%#()./&+*-]+");
    }
    var reached = new boolean[compact.length() + 1];
    reached[0] = true;
    for (int start = 0; start < compact.length(); start++) {
      for (
        int end = start + 1;
        reached[start] && end <= Math.min(compact.length(), start + longest);
        end++
      ) {
        reached[end] |=
          words.contains(compact.substring(start, end)) &&
          (end - start > 1 || compact.length() == 1);
      }
    }
    return reached[compact.length()];
  }

  /** The column that a heading names. */
  Optional<String> key(String heading) {
    var plain = heading.replaceAll("@.*", "").replaceAll(ASIDE, "").strip();
    return lexicon
      .whole(heading)
      .or(() -> lexicon.whole(plain))
      .map(Lexicon.Entry::key);
  }

  /** A phrase as the headings that it is made of: itself where it is one. */
  List<Phrase> parts(Phrase phrase) {
    if (key(phrase.text()).isPresent() || Compact.text(phrase.text()).isEmpty()) {
      return List.of(phrase);
    }
    var compact = Compact.of(phrase.text());
    var parts = new ArrayList<Phrase>();
    int start = 0;
    while (start < compact.text().length()) {
      int from = start;
      var spelling = lexicon
        .entries()
        .stream()
        .filter(
          entry -> !entry.compact().isEmpty() && compact.text().startsWith(entry.compact(), from)
        )
        .filter(entry -> wordEnds(phrase.text(), compact, from + entry.compact().length()))
        .max(Comparator.comparingInt(entry -> entry.compact().length()));
      if (spelling.isEmpty()) {
        return List.of(phrase);
      }
      start += spelling.get().compact().length();
      int to = start < compact.text().length() ? compact.at(start) : phrase.text().length();
      parts.add(phrase.part(compact.at(from), to));
    }
    return parts;
  }

  private static boolean wordEnds(String text, Compact compact, int end) {
    if (end >= compact.text().length()) {
      return true;
    }
    int at = compact.at(end);
    char before = text.charAt(at - 1);
    char next = text.charAt(at);
    return (
      !Character.isLetterOrDigit(before) ||
      (Character.isLowerCase(before) && Character.isUpperCase(next)) ||
      (Character.isUpperCase(before) == Character.isUpperCase(next) && text.indexOf(' ') < 0)
    );
  }
}
