package dev.billstep.offline.forms;

import dev.billstep.reading.Gstin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** GST identification numbers, also where they are printed in groups or OCR has confused letters. */
public final class Gstins {

  /** Which characters are digits ({@code 9}), letters ({@code A}), or either. */
  private static final String FORM = "99AAAAA9999A**?";

  private static final Pattern SHAPE = Pattern.compile("\\d{2}[A-Z]{5}\\d{4}[A-Z][0-9A-Z]{3}");
  private static final Map<Character, Character> AS_DIGIT = Map.of(
    'O',
    '0',
    'I',
    '1',
    'L',
    '1',
    'S',
    '5',
    'B',
    '8',
    'Z',
    '2',
    'G',
    '6',
    'Q',
    '0',
    'D',
    '0'
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

  private Gstins() {}

  /** Every number in a text that is one, or has the shape of one. */
  public static List<Found<Printed>> in(String text) {
    var compact = new StringBuilder();
    var at = new ArrayList<Integer>();
    for (int index = 0; index < text.length(); index++) {
      if (text.charAt(index) != ' ') {
        compact.append(Character.toUpperCase(text.charAt(index)));
        at.add(index);
      }
    }
    var found = new ArrayList<Found<Printed>>();
    int start = 0;
    while (start + Gstin.LENGTH <= compact.length()) {
      var candidate = compact.substring(start, start + Gstin.LENGTH);
      var printed = printed(candidate);
      if (printed.isPresent() && isWhole(compact, start)) {
        int end = start + Gstin.LENGTH;
        found.add(new Found<>(printed.get(), at.get(start), at.get(end - 1) + 1));
        start = end;
      } else {
        start++;
      }
    }
    return found;
  }

  /** A digit before or behind makes it part of a longer number; letters may be a label's or a name's. */
  private static boolean isWhole(CharSequence compact, int start) {
    return start == 0 || !Character.isDigit(compact.charAt(start - 1));
  }

  private static Optional<Printed> printed(String candidate) {
    if (!candidate.chars().allMatch(Gstins::isAllowed)) {
      return Optional.empty();
    }
    if (Gstin.isValid(candidate)) {
      return Optional.of(new Printed(candidate, Evidence.CHECKED));
    }
    var repairs = repairs(candidate);
    return repairs.isEmpty()
      ? SHAPE.matcher(candidate).matches()
        ? Optional.of(new Printed(candidate, Evidence.SHAPED))
        : Optional.empty()
      : Optional.of(
          new Printed(
            repairs.getFirst(),
            repairs.size() == 1 ? Evidence.REPAIRED : Evidence.AMBIGUOUS
          )
        );
  }

  /** The valid numbers that it is once what is easily confused is put right. */
  private static List<String> repairs(String candidate) {
    var inForm = repaired(candidate);
    return Stream.concat(
      Stream.of(inForm),
      Stream.concat(withOneLetterTheOther(inForm), withItsCheckCharacter(inForm))
    )
      .filter(Gstin::isValid)
      .distinct()
      .toList();
  }

  /** Where the last character is taken for the one that it must be. */
  private static Stream<String> withItsCheckCharacter(String candidate) {
    if (!SHAPE.matcher(candidate).matches()) {
      return Stream.empty();
    }
    var whole = Gstin.withCheckCharacter(candidate.substring(0, Gstin.LENGTH - 1));
    char printed = candidate.charAt(Gstin.LENGTH - 1);
    char right = whole.charAt(Gstin.LENGTH - 1);
    boolean isConfused =
      AS_DIGIT.getOrDefault(printed, printed).equals(AS_DIGIT.getOrDefault(right, right)) ||
      AS_LETTER.getOrDefault(printed, printed).equals(AS_LETTER.getOrDefault(right, right));
    return isConfused ? Stream.of(whole) : Stream.empty();
  }

  private static boolean isAllowed(int character) {
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z');
  }

  /** With one I for an L or the other way round, where only then the check character holds. */
  private static Stream<String> withOneLetterTheOther(String candidate) {
    return IntStream.range(0, Gstin.LENGTH)
      .filter(index -> "IL".indexOf(candidate.charAt(index)) >= 0)
      .mapToObj(index -> {
        var other = new StringBuilder(candidate);
        other.setCharAt(index, candidate.charAt(index) == 'I' ? 'L' : 'I');
        return other.toString();
      });
  }

  private static String repaired(String candidate) {
    var repaired = new StringBuilder(candidate);
    for (int index = 0; index < Gstin.LENGTH; index++) {
      char printed = candidate.charAt(index);
      repaired.setCharAt(
        index,
        switch (FORM.charAt(index)) {
          case '9' -> AS_DIGIT.getOrDefault(printed, printed);
          case 'A' -> AS_LETTER.getOrDefault(printed, printed);
          default -> index == 13 && printed == '2' ? 'Z' : printed;
        }
      );
    }
    return repaired.toString();
  }

  /** What stands behind a GSTIN's label and looks like no GSTIN: as it is printed. */
  public static List<Found<Printed>> behindLabel(String text) {
    var valid = in(text);
    if (!valid.isEmpty()) {
      return valid;
    }
    var printed = Pattern.compile("^[\\s:：;.,=#_-]*([A-Za-z0-9]{10,17})(?![A-Za-z0-9])").matcher(
      text
    );
    return printed.find() && printed.group(1).chars().filter(Character::isDigit).count() >= 5
      ? List.of(
          new Found<>(
            new Printed(printed.group(1).toUpperCase(Locale.ROOT), Evidence.LABELLED),
            printed.start(1),
            printed.end(1)
          )
        )
      : List.of();
  }

  /** What says that it is one. */
  public enum Evidence {
    /** The check character. */
    CHECKED,
    /** The check character, once a letter that is easily confused was put right. */
    REPAIRED,
    /** The same, but another letter put right would do as well. */
    AMBIGUOUS,
    /** Digits and letters where a GSTIN has them. */
    SHAPED,
    /** The label before it alone. */
    LABELLED,
  }

  public record Printed(String number, Evidence evidence) {
    public boolean isValid() {
      return (
        evidence == Evidence.CHECKED ||
        evidence == Evidence.REPAIRED ||
        evidence == Evidence.AMBIGUOUS
      );
    }
  }
}
