package dev.billstep.samples;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words that nobody has seen: some of a set's labels, headings and titles are others, each the same one
 * everywhere in it. Numbers, dates and short words stay.
 *
 * @param share of the words, from 0 to 1
 * @param seed which words: a few labels are on every page, so that one choice of words tells little
 */
public record UnfamiliarWords(double share, long seed) {
  static final UnfamiliarWords NONE = new UnfamiliarWords(0, 0);

  /** Letters in a row that no digit touches, with or without a hyphen between. */
  private static final Pattern WORD = Pattern.compile(
    "(?<![\\p{N}/])(?<!\\p{N}-)\\b[A-Za-z]{4,}\\b(?![\\p{N}/])(?!-\\p{N})"
  );

  private static final String CONSONANTS = "bdfghklmnprstvz";
  private static final String VOWELS = "aeiou";

  private static final Set<String> MONTHS = Arrays.stream(Month.values())
    .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT))
    .collect(Collectors.toUnmodifiableSet());

  /** A text as it is printed then. */
  String in(String text) {
    return share == 0 ? text : WORD.matcher(text).replaceAll(word -> other(word.group()));
  }

  /** What is then expected of what is printed. */
  Map<String, Object> in(Map<String, Object> fields) {
    var printed = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> printed.put(name, of(value)));
    return printed;
  }

  private Object of(Object value) {
    return switch (value) {
      case String text -> in(text);
      case Map<?, ?> fields -> {
        var printed = new LinkedHashMap<Object, Object>();
        fields.forEach((name, each) -> printed.put(name, of(each)));
        yield printed;
      }
      case Collection<?> values -> values.stream().map(this::of).toList();
      default -> value;
    };
  }

  private String other(String word) {
    var lower = word.toLowerCase(Locale.ROOT);
    // The same word becomes the same one; neighbouring seeds must not begin alike.
    var random = new SplittableRandom(31 * seed + lower.hashCode());
    return MONTHS.contains(lower) || random.nextDouble() >= share ? word : madeUp(word, random);
  }

  private static String madeUp(String word, RandomGenerator random) {
    var other = new StringBuilder();
    for (int at = 0; at < word.length(); at++) {
      var letters = at % 2 == 0 ? CONSONANTS : VOWELS;
      char next = letters.charAt(random.nextInt(letters.length()));
      other.append(Character.isUpperCase(word.charAt(at)) ? Character.toUpperCase(next) : next);
    }
    return other.toString();
  }
}
