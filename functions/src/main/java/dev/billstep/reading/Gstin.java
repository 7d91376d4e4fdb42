package dev.billstep.reading;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A GST identification number: state code, PAN, entity, {@code Z} for most, check character (CGST
 * Rules 2017, rule 10). Who has no PAN has state code, year, country, serial number and {@code OS}
 * (online services from abroad), {@code NR} (non-resident), {@code UN} or {@code ON} (bodies of the
 * United Nations, embassies, others with a UIN), with the same check character.
 */
public final class Gstin {

  public static final int LENGTH = 15;

  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int BASE = ALPHABET.length();
  private static final Pattern SHAPE = Pattern.compile(
    "(\\d{2})(?:[A-Z]{5}\\d{4}[A-Z][1-9A-Z][0-9A-Z]|\\d{2}[A-Z]{3}\\d{5}(?:OS|NR|UN|ON))[0-9A-Z]"
  );

  /** 01 to 38, other territory, other country, centre. */
  private static final Set<String> STATES = Stream.concat(
    IntStream.rangeClosed(1, 38).mapToObj("%02d"::formatted),
    Stream.of("96", "97", "99")
  ).collect(Collectors.toUnmodifiableSet());

  private Gstin() {}

  /** What is wrong with a number; empty for a valid one. */
  public static Optional<String> problem(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.of("\"%s\" does not have the format of a GSTIN".formatted(text));
    }
    if (!STATES.contains(shape.group(1))) {
      return Optional.of(
        "\"%s\" begins with %s, which is not a state code".formatted(text, shape.group(1))
      );
    }
    char expected = checkCharacter(text.substring(0, LENGTH - 1));
    char printed = text.charAt(LENGTH - 1);
    return printed == expected
      ? Optional.empty()
      : Optional.of(
          "\"%s\" ends with %c, but its check character should be %c".formatted(
            text,
            printed,
            expected
          )
        );
  }

  public static boolean isValid(String text) {
    return problem(text).isEmpty();
  }

  /** The two digits of the state that registered it. */
  public static String stateCode(String gstin) {
    return gstin.substring(0, 2);
  }

  /** The number that begins so: with its check character. */
  public static String withCheckCharacter(String first14) {
    return first14 + checkCharacter(first14);
  }

  /**
   * The 15th character, which follows from the others.
   *
   * @param first14 characters of the number, digits and upper-case letters
   */
  static char checkCharacter(String first14) {
    int sum = 0;
    for (int index = 0; index < first14.length(); index++) {
      int product = ALPHABET.indexOf(first14.charAt(index)) * (1 + (index % 2));
      sum += product / BASE + (product % BASE);
    }
    return ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
  }
}
