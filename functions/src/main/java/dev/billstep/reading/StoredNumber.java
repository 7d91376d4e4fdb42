package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Numbers as they are stored: no more than 15 digits before the decimal point, which doubles and
 * spreadsheets still tell apart, and 6 behind it. JSON has room for {@code 1e999999999}, which no
 * memory has.
 */
public final class StoredNumber {

  private static final int INTEGER_DIGITS = 15;
  private static final int DECIMALS = 6;

  private StoredNumber() {}

  /** The number, rounded to its decimals; empty where it is too large, infinite or none. */
  public static Optional<BigDecimal> of(JsonNode value) {
    boolean isBinary = value.isDouble() || value.isFloat();
    return isBinary && !Double.isFinite(value.doubleValue())
      ? Optional.empty()
      : of(value.decimalValue());
  }

  /** The number, rounded to its decimals; empty where it is too large. */
  static Optional<BigDecimal> of(BigDecimal value) {
    if (value.signum() == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    // Scales are written out by powers of ten: none may be, before its size is known.
    if (integerDigits(value) > INTEGER_DIGITS) {
      return Optional.empty();
    }
    if (integerDigits(value) < -DECIMALS) {
      return Optional.of(BigDecimal.ZERO);
    }
    int decimals = Math.clamp(value.scale(), 0, DECIMALS);
    return Optional.of(value.setScale(decimals, RoundingMode.HALF_UP)).filter(
      rounded -> integerDigits(rounded) <= INTEGER_DIGITS
    );
  }

  /** Negative for zeros behind the decimal point. */
  private static long integerDigits(BigDecimal value) {
    return (long) value.precision() - value.scale();
  }

  /** As people write it; where it is too large, as JSON does. */
  public static String text(JsonNode number) {
    return of(number).map(BigDecimal::toPlainString).orElseGet(number::asText);
  }
}
