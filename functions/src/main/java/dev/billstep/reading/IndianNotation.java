package dev.billstep.reading;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and amounts in the forms that Indian documents print, also where OCR has blurred them. No
 * pattern begins with spaces that it may leave out: it would look at each run of them many times.
 */
public final class IndianNotation {

  private static final Pattern NUMERIC_DATE = Pattern.compile(
    "(?<!\\d)(\\d{1,2})\\s*[/.\\-]\\s*(\\d{1,2})\\s*[/.\\-]\\s*(\\d{4}|\\d{2})"
  );
  private static final Pattern NAMED_DATE = Pattern.compile(
    "(?<!\\d)(\\d{1,2})[\\s/.\\-]*([A-Za-z]{3,9})[\\s,/.\\-]*(\\d{4}|\\d{2})"
  );
  private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
  private static final Pattern TIME = Pattern.compile(
    "(\\d{1,2}):(\\d{2})(?::\\d{2})?\\s*([AaPp][Mm])?"
  );
  private static final List<String> MONTHS = List.of(
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec"
  );
  private static final Pattern AMOUNT = Pattern.compile(
    "(?:(-)\\s*+)?(?<!\\d)(\\d[\\d,]*(?:\\.\\d{1,2})?)(?![\\d%])"
  );
  /** {@code @ 2.5%}: what an amount is worked out with, not an amount. */
  private static final Pattern RATE = Pattern.compile("\\d{1,2}(?:\\.\\d{1,3})?\\s*+%");

  private IndianNotation() {}

  /**
   * The number of a month, 0 where it is none.
   *
   * @param name its first three letters, or more
   */
  public static int month(String name) {
    return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
  }

  /** The first date in a text, as ISO 8601. */
  public static Optional<String> date(String text) {
    return dateAt(text).map(found -> found.date().toString());
  }

  /** The first date in a text, with the time behind it where there is one, as ISO 8601. */
  public static Optional<String> moment(String text) {
    return dateAt(text).map(found -> {
      var time = time(text.substring(found.end()));
      return found.date() + time.map(at -> "T" + at).orElse("");
    });
  }

  private static Optional<FoundDate> dateAt(String text) {
    var iso = ISO_DATE.matcher(text);
    if (iso.find()) {
      return found(iso.group(1), number(iso.group(2)), iso.group(3), iso.end());
    }
    var numeric = NUMERIC_DATE.matcher(text);
    if (numeric.find()) {
      return found(numeric.group(3), number(numeric.group(2)), numeric.group(1), numeric.end());
    }
    var named = NAMED_DATE.matcher(text);
    while (named.find()) {
      int month = month(named.group(2));
      if (month > 0) {
        return found(named.group(3), month, named.group(1), named.end());
      }
    }
    return Optional.empty();
  }

  private static Optional<FoundDate> found(String year, int month, String day, int end) {
    int fullYear = year.length() == 2 ? 2000 + number(year) : number(year);
    try {
      return Optional.of(new FoundDate(LocalDate.of(fullYear, month, number(day)), end));
    } catch (DateTimeException e) {
      return Optional.empty(); // Such as 31/02: digits, but no date.
    }
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static Optional<LocalTime> time(String text) {
    var time = TIME.matcher(text);
    if (!time.find()) {
      return Optional.empty();
    }
    int hour = number(time.group(1));
    var half = Optional.ofNullable(time.group(3)).map(String::toUpperCase).orElse("");
    int hourOfDay = switch (half) {
      case "PM" -> (hour % 12) + 12;
      case "AM" -> hour % 12;
      default -> hour;
    };
    int minute = number(time.group(2));
    return hourOfDay < 24 && minute < 60
      ? Optional.of(LocalTime.of(hourOfDay, minute))
      : Optional.empty();
  }

  /** The last amount in a text; {@code 1,23,456.00} as well as {@code Rs. 12}. */
  public static Optional<BigDecimal> amount(String text) {
    Optional<BigDecimal> last = Optional.empty();
    Matcher amount = AMOUNT.matcher(decimalPointOnly(RATE.matcher(text).replaceAll(" ")));
    while (amount.find()) {
      var value = new BigDecimal(amount.group(2).replace(",", ""));
      last = Optional.of(amount.group(1) == null ? value : value.negate());
    }
    return last;
  }

  /**
   * OCR takes a comma for a point: of several points in a number, the last is the decimal one. It
   * takes that for a dash as well ({@code 580-00}), and puts spaces around it.
   */
  private static String decimalPointOnly(String text) {
    return text
      .replaceAll("(?<=\\d)\\s*([.,])\\s*(?=\\d)", "$1")
      .replaceFirst("^([\\d,]+)-(\\d{2})$", "$1.$2")
      .replaceAll("(?<=\\d)\\.(?=\\d{2,3}[.,]\\d)", ",");
  }

  private record FoundDate(LocalDate date, int end) {}
}
