package dev.billstep.offline.forms;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts as Indian documents print them, also where OCR has blurred their points and commas. */
public final class Amounts {

  private static final Pattern AMOUNT = Pattern.compile(
    "(?<![\\p{L}\\d.,/#_-])(?<!:(?!₹|Rs))(?<minus>\\(-\\)|[-−(]?)\\s?(?:(?:₹|Rs\\.?|INR|र)\\s?\\.?)?(?<inner>[-−]?)\\s?" +
      "(?<digits>\\d(?:[\\d,]|\\.(?=\\d{2,3}[.,]\\d))*(?:\\.\\d{1,3}|-\\d{2}(?!\\d))?)" +
      "(?:/-|\\))?(?![\\d/:%\\p{L}]|[.,]\\d|\\s?%|-\\w)",
    Pattern.CASE_INSENSITIVE
  );

  /** Digits beyond which a number is an account's or a document's. */
  private static final int LONGEST = 12;

  private Amounts() {}

  /** All amounts in a text; a percentage is none. */
  public static List<Found<BigDecimal>> in(String text) {
    var found = new ArrayList<Found<BigDecimal>>();
    var amount = AMOUNT.matcher(text.replace('，', ','));
    while (amount.find()) {
      var digits = amount.group("digits");
      if (
        !isRate(text, amount.start()) &&
        digits.chars().filter(Character::isDigit).count() <= LONGEST &&
        isPlain(digits)
      ) {
        boolean isNegative = !amount.group("minus").isEmpty() || !amount.group("inner").isEmpty();
        var value = value(digits);
        found.add(new Found<>(isNegative ? value.negate() : value, amount.start(), amount.end()));
      }
    }
    return found;
  }

  /** {@code @ 2.5}: what an amount is worked out with, with a sign of percent or without. */
  private static boolean isRate(String text, int start) {
    var before = text.substring(0, start).stripTrailing();
    return !before.isEmpty() && before.charAt(before.length() - 1) == '@';
  }

  /** A number that begins with zero and has no point is a code. */
  private static boolean isPlain(String digits) {
    return !digits.matches("0\\d+");
  }

  private static BigDecimal value(String digits) {
    var point = digits
      .replaceFirst("-(\\d{2})$", ".$1")
      .replaceAll("\\.(?=\\d{2,3}[.,]\\d)", "")
      .replace(",", "");
    return new BigDecimal(point);
  }

  /** The amount that a text is, with nothing beside it but a unit of money. */
  public static Optional<BigDecimal> alone(String text) {
    var found = in(text.strip());
    return found.size() == 1 &&
      found.getFirst().to() - found.getFirst().from() >= text.strip().length() - 1
      ? Optional.of(found.getFirst().value())
      : Optional.empty();
  }

  /** Whether it is printed with paise: a total is, a count seldom. */
  public static boolean hasDecimals(String text) {
    return text.matches(".*\\d[.,-]\\d{2,3}\\D*");
  }
}
