package dev.billstep.reading;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number that is alone in its cell, but for signs of money, a unit or a sign of percent.
 *
 * @param value without its sign: a discount is printed as one, and stored as an amount
 */
record CellNumber(BigDecimal value, boolean isPercent) {
  private static final Pattern NUMBER = Pattern.compile(
    "[(|:@]?(?:(?:rs\\.?|inr|₹)\\s?)?[-−]?₹?(\\d[\\d,]*(?:\\.\\d{1,3})?)(?:/-)?[)|]?(?:\\s?(?:[a-z.]{1,5}|(%)))?",
    Pattern.CASE_INSENSITIVE
  );

  static Optional<CellNumber> of(String text) {
    var number = NUMBER.matcher(text);
    return number.matches()
      ? Optional.of(
          new CellNumber(new BigDecimal(number.group(1).replace(",", "")), number.group(2) != null)
        )
      : Optional.empty();
  }

  boolean is(BigDecimal stored) {
    return value.compareTo(stored.abs()) == 0;
  }
}
