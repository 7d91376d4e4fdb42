package dev.billstep.offline;

import dev.billstep.reading.Gstin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Values out of printed text, in the forms that Indian documents use. */
final class Printed {

  private static final Pattern DOCUMENT_NUMBER = Pattern.compile(
    "[A-Za-z0-9][A-Za-z0-9/\\-]{0,23}"
  );
  private static final Pattern LETTERS_AND_ZEROS = Pattern.compile(
    "(?<![A-Z0-9])(?=[A-Z0]*[A-Z]{2})[A-Z0]+(?![A-Z0-9])"
  );
  private static final Pattern TWELVE_DIGITS = Pattern.compile(
    "(?<!\\d)(?:\\d[ -]?){11}\\d(?!\\d)"
  );
  private static final Pattern GSTIN_LIKE = Pattern.compile("(?=([0-9A-Z]{15}))");
  private static final Pattern GSTIN = Pattern.compile(
    "\\d{2}[A-Z]{5}\\d{4}[A-Z][1-9A-Z][0-9A-Z]{2}"
  );
  private static final Pattern VEHICLE = Pattern.compile(
    "(?<![A-Z0-9])([A-Z]{2}\\d{1,2}[A-Z]{0,3}\\d{4}|T[RM](?=[A-Z0-9]*\\d)[A-Z0-9]{5,13})(?![A-Z0-9])"
  );

  /** Which characters of a GSTIN are digits ({@code 9}), letters ({@code A}), or either. */
  private static final String GSTIN_FORM = "99AAAAA9999A**?";
  private static final Map<Character, Character> AS_DIGIT = Map.of(
    'O',
    '0',
    'I',
    '1',
    'S',
    '5',
    'B',
    '8',
    'Z',
    '2',
    'G',
    '6'
  );
  private static final Map<Character, Character> AS_LETTER = Map.of(
    '0',
    'O',
    '1',
    'I',
    '5',
    'S',
    '8',
    'B',
    '2',
    'Z',
    '6',
    'G'
  );

  private Printed() {}

  static Optional<BigDecimal> percent(String text) {
    var rate = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,3})?)\\s*%?").matcher(text);
    return rate.find() ? Optional.of(new BigDecimal(rate.group(1))) : Optional.empty();
  }

  /**
   * A document's own number: at most 24 characters, at least one of them a digit. A zero in a part
   * that has only letters besides is the letter O.
   */
  static Optional<String> documentNumber(String text) {
    var number = DOCUMENT_NUMBER.matcher(text);
    return number.lookingAt() && number.group().chars().anyMatch(Character::isDigit)
      ? Optional.of(
          LETTERS_AND_ZEROS.matcher(number.group().toUpperCase(Locale.ROOT)).replaceAll(part ->
            part.group().replace('0', 'O')
          )
        )
      : Optional.empty();
  }

  static Optional<String> ewayBillNumber(String text) {
    var number = TWELVE_DIGITS.matcher(text);
    return number.find() ? Optional.of(number.group().replaceAll("[ -]", "")) : Optional.empty();
  }

  static Optional<String> vehicle(String text) {
    var vehicle = VEHICLE.matcher(text.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", ""));
    return vehicle.find() ? Optional.of(vehicle.group(1)) : Optional.empty();
  }

  static Optional<String> gstin(String text) {
    return gstins(text).stream().findFirst();
  }

  /**
   * Every GSTIN in a text. Characters that are easily confused are put right where only then the
   * check character holds; otherwise a number is given as printed.
   */
  static List<String> gstins(String text) {
    var found = new ArrayList<String>();
    var upper = text.toUpperCase(Locale.ROOT).replace(" ", "");
    var candidates = GSTIN_LIKE.matcher(upper);
    int next = 0;
    while (candidates.find(next)) {
      var candidate = candidates.group(1);
      var gstin = valid(candidate);
      gstin.ifPresent(found::add);
      next = candidates.start() + (gstin.isPresent() ? candidate.length() : 1);
      if (next > upper.length()) {
        break;
      }
    }
    return found;
  }

  private static Optional<String> valid(String candidate) {
    if (Gstin.isValid(candidate)) {
      return Optional.of(candidate);
    }
    var repaired = repaired(candidate);
    if (Gstin.isValid(repaired)) {
      return Optional.of(repaired);
    }
    var confused = withOneLetterTheOther(repaired);
    if (confused.isPresent()) {
      return confused;
    }
    return GSTIN.matcher(candidate).matches() && candidate.charAt(13) == 'Z'
      ? Optional.of(candidate)
      : Optional.empty();
  }

  /** With one I for an L or the other way round, where only then the check character holds. */
  private static Optional<String> withOneLetterTheOther(String candidate) {
    var valid = IntStream.range(0, Gstin.LENGTH)
      .filter(index -> "IL".indexOf(candidate.charAt(index)) >= 0)
      .mapToObj(index -> {
        var other = new StringBuilder(candidate);
        other.setCharAt(index, candidate.charAt(index) == 'I' ? 'L' : 'I');
        return other.toString();
      })
      .filter(Gstin::isValid)
      .toList();
    return valid.size() == 1 ? Optional.of(valid.getFirst()) : Optional.empty();
  }

  private static String repaired(String candidate) {
    var repaired = new StringBuilder(candidate);
    for (int index = 0; index < Gstin.LENGTH; index++) {
      char printed = candidate.charAt(index);
      repaired.setCharAt(
        index,
        switch (GSTIN_FORM.charAt(index)) {
          case '9' -> AS_DIGIT.getOrDefault(printed, printed);
          case 'A' -> AS_LETTER.getOrDefault(printed, printed);
          default -> index == 13 && printed == '2' ? 'Z' : printed;
        }
      );
    }
    return repaired.toString();
  }

  /** A name or sentence, with the spaces that OCR swallows between words that begin with capitals. */
  static Optional<String> words(String text) {
    var spaced = text
      .replaceAll("l(?=nd(?:ia|us))", "I") // India and industries are in many names.
      .replaceAll("(?<=[a-z])I(?!nd(?:ia|us))(?=[a-z\\s]|[A-Z][a-z]|$)", "l") // In a word.
      .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
      .replaceAll("\\s*&\\s*", " & ")
      .replaceAll(",(?=[^\\s\\d])", ", ")
      .strip();
    return spaced.chars().filter(Character::isLetter).count() < 2
      ? Optional.empty()
      : Optional.of(spaced);
  }
}
