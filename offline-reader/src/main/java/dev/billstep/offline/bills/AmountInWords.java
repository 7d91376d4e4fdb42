package dev.billstep.offline.bills;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An amount in words, of lakh and crore, also where OCR has lost the blanks between them. */
final class AmountInWords {

  private static final Map<String, Integer> NUMBERS = Map.ofEntries(
    Map.entry("zero", 0),
    Map.entry("one", 1),
    Map.entry("two", 2),
    Map.entry("three", 3),
    Map.entry("four", 4),
    Map.entry("five", 5),
    Map.entry("six", 6),
    Map.entry("seven", 7),
    Map.entry("eight", 8),
    Map.entry("nine", 9),
    Map.entry("ten", 10),
    Map.entry("eleven", 11),
    Map.entry("twelve", 12),
    Map.entry("thirteen", 13),
    Map.entry("fourteen", 14),
    Map.entry("fifteen", 15),
    Map.entry("sixteen", 16),
    Map.entry("seventeen", 17),
    Map.entry("eighteen", 18),
    Map.entry("nineteen", 19),
    Map.entry("twenty", 20),
    Map.entry("thirty", 30),
    Map.entry("forty", 40),
    Map.entry("fourty", 40),
    Map.entry("fifty", 50),
    Map.entry("sixty", 60),
    Map.entry("seventy", 70),
    Map.entry("eighty", 80),
    Map.entry("ninety", 90)
  );
  private static final Map<String, Integer> SCALES = Map.of(
    "hundred",
    100,
    "thousand",
    1000,
    "lakh",
    100_000,
    "lac",
    100_000,
    "crore",
    10_000_000
  );
  private static final List<String> PAISE = List.of("paise", "paisa", "point");
  private static final List<String> FILLING = List.of(
    "rupee",
    "indian",
    "inr",
    "rs",
    "and",
    "only"
  );

  private AmountInWords() {}

  /** The amount that a text begins with, in words; empty where other words stand between. */
  static Optional<BigDecimal> of(String text) {
    var letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    long rupees = 0;
    long group = 0;
    long beforeAnd = 0;
    int paise = -1;
    boolean isPaise = false;
    int numbers = 0;
    int at = 0;
    while (at < letters.length()) {
      var word = word(letters, at);
      if (word.isEmpty() && at > 0 && letters.charAt(at) == 's') {
        at++; // Rupees, lakhs, crores; but "rupee six" is no plural.
        continue;
      }
      if (word.isEmpty()) {
        break;
      }
      var found = word.get();
      at += found.length();
      if (NUMBERS.containsKey(found)) {
        group += NUMBERS.get(found);
        numbers++;
      } else if (found.equals("hundred")) {
        group = Math.max(1, group) * 100;
      } else if (SCALES.containsKey(found)) {
        rupees += Math.max(1, group) * SCALES.get(found);
        group = 0;
        beforeAnd = 0;
      } else if (PAISE.contains(found)) {
        if (found.equals("point")) {
          rupees += group;
          group = 0;
          isPaise = true;
        } else {
          // "Forty five and ten paise".
          rupees += beforeAnd;
          paise = (int) (group - beforeAnd);
          group = 0;
        }
      } else if (found.equals("and")) {
        beforeAnd = group;
      } else if (found.startsWith("rupee") && numbers > 0) {
        rupees += group;
        group = 0;
        beforeAnd = 0;
      } else if (found.equals("only")) {
        break;
      }
    }
    if (numbers == 0) {
      return Optional.empty();
    }
    if (isPaise) {
      // "Point eight" is eighty paise, "point zero five" five.
      return Optional.of(
        BigDecimal.valueOf(rupees).add(
          group < 10 ? BigDecimal.valueOf(group, 1) : BigDecimal.valueOf(group, 2)
        )
      );
    }
    return paise >= 0 ? withPaise(rupees, paise) : Optional.of(BigDecimal.valueOf(rupees + group));
  }

  /** Where the word rupees is not there, paise have run into the last group of rupees. */
  private static Optional<BigDecimal> withPaise(long rupees, int paise) {
    return paise < 100
      ? Optional.of(BigDecimal.valueOf(rupees).add(BigDecimal.valueOf(paise, 2)))
      : Optional.of(
          BigDecimal.valueOf(rupees + (paise / 100) * 100L).add(BigDecimal.valueOf(paise % 100, 2))
        );
  }

  private static Optional<String> word(String letters, int at) {
    return Stream.of(
      NUMBERS.keySet().stream(),
      SCALES.keySet().stream(),
      PAISE.stream(),
      FILLING.stream()
    )
      .flatMap(words -> words)
      .filter(word -> letters.startsWith(word, at))
      .max(Comparator.comparingInt(String::length));
  }
}
