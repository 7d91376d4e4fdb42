package dev.billstep.offline.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Numbers of documents, of e-way bills, of goods, and of vehicles. */
public final class Identifiers {

  private static final Pattern TWELVE_DIGITS = Pattern.compile(
    "(?<![\\p{L}\\d/-])(?:\\d{4}[ -]?\\d{4}[ -]?\\d{4}|\\d{12})(?![\\d/]|-\\w|\\p{L})"
  );
  private static final Pattern VEHICLE = Pattern.compile(
    "(?<![A-Za-z0-9])([A-Z]{2}[ -]?\\d{1,2}[ -]?[A-Z]{0,3}[ -]?\\d{4}|\\d{2}[ -]?BH[ -]?\\d{4}[ -]?[A-Z]{1,2}" +
      "|T[RM](?=[A-Z0-9]*\\d)[A-Z0-9]{5,13})(?![A-Za-z0-9])",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern CONFUSED_VEHICLE = Pattern.compile(
    "(?<![A-Za-z0-9])[A-Z]{2}(?=[\\dOQIL]*\\d)[\\dOQI]{2}(?:[A-Z]{1,3}|(?=[0158]?[A-Z])[A-Z0158]{2})(?=[OQISB]*\\d)[\\dOQISB]{4}(?![A-Za-z0-9])"
  );
  private static final Pattern IRN = Pattern.compile("(?:[0-9a-fA-F]\\s?-?\\s?){63}[0-9a-fA-F]");

  /**
   * What is printed where a number is expected: at most 30 characters, a digit among them; up to
   * three capitals may stand before it.
   */
  private static final Pattern DOCUMENT_NUMBER = Pattern.compile(
    "^[\\s:：;.,=#_|*-]*(?<number>(?:[A-Z]{1,4}\\s?[/-]?\\s?)?(?=[\\w/\\-.&()]*\\d)[A-Za-z0-9](?:[\\w/\\-.&()]| ?[/-] ?(?=\\w)){0,29})"
  );
  private static final Pattern DATE_LIKE = Pattern.compile(
    "\\d{1,2}[/.-](?:\\d{1,2}|[A-Za-z]{3,9})[/.-]\\d{2,4}"
  );
  private static final Pattern LETTERS_AND_ZEROS = Pattern.compile(
    "(?<![A-Za-z0-9])(?=[A-Z0l]*[A-Z]{2})[A-Z0l]+(?![A-Za-z0-9])"
  );
  /** {@code 0Q56198}, {@code 8600-0Y}: no part of a number begins with a zero and goes on with letters. */
  private static final Pattern ZERO_BEFORE_LETTERS = Pattern.compile(
    "(?<![A-Za-z0-9])0(?=[A-Z]+\\d*(?![A-Za-z0-9]))"
  );

  private static final Pattern HSN = Pattern.compile(
    "(?<![\\p{L}\\d.,])(\\d{8}|\\d{6}|\\d{4})(?![\\d.,])"
  );

  private Identifiers() {}

  public static List<Found<String>> twelveDigits(String text) {
    return all(TWELVE_DIGITS, text, 0, number -> number.replaceAll("[ -]", ""));
  }

  /** Also where OCR has taken digits for letters, if it is plain where digits stand. */
  public static List<Found<String>> vehicles(String text) {
    var plain = all(VEHICLE, text, 1, number ->
      number.replaceAll("[ -]", "").toUpperCase(Locale.ROOT)
    );
    return plain.isEmpty() ? all(CONFUSED_VEHICLE, text, 0, Identifiers::withDigits) : plain;
  }

  private static String withDigits(String vehicle) {
    int series = vehicle.length() - 4;
    return (
      vehicle.substring(0, 2) +
      digits(vehicle.substring(2, 4)) +
      letters(vehicle.substring(4, series)) +
      digits(vehicle.substring(series))
    );
  }

  private static String letters(String confused) {
    return confused.replace('0', 'O').replace('1', 'I').replace('5', 'S').replace('8', 'B');
  }

  private static String digits(String confused) {
    return confused
      .replace('O', '0')
      .replace('Q', '0')
      .replace('I', '1')
      .replace('S', '5')
      .replace('B', '8');
  }

  /** 64 hexadecimal digits, also where they are wrapped with a dash. */
  public static List<Found<String>> irns(String text) {
    return all(IRN, text, 0, irn -> irn.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
  }

  public static List<Found<String>> hsnCodes(String text) {
    return all(HSN, text, 1, code -> code);
  }

  /** The number that a text begins with; a date is none. */
  public static List<Found<String>> documentNumber(String text) {
    var number = DOCUMENT_NUMBER.matcher(text);
    if (!number.find()) {
      return List.of();
    }
    var printed = number.group("number").replaceFirst("[.,:;_(&-]+$", "");
    return DATE_LIKE.matcher(printed).matches() || printed.matches(".*\\d,\\d.*|\\d+\\.\\d{2}")
      ? List.of()
      : List.of(
          new Found<>(printed, number.start("number"), number.start("number") + printed.length())
        );
  }

  /** OCR takes the letter O for a zero, and a capital I for a small L: in a part of a number that has only letters besides, or
   * begins with them. */
  public static String withLetters(String recognised) {
    var letters = LETTERS_AND_ZEROS.matcher(recognised).replaceAll(part ->
      part.group().replace('0', 'O').replace('l', 'I')
    );
    return ZERO_BEFORE_LETTERS.matcher(letters).replaceAll("O");
  }

  private static List<Found<String>> all(
    Pattern pattern,
    String text,
    int group,
    UnaryOperator<String> form
  ) {
    var found = new ArrayList<Found<String>>();
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(
        new Found<>(form.apply(matcher.group(group)), matcher.start(group), matcher.end(group))
      );
    }
    return found;
  }
}
