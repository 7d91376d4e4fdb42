package dev.billstep.offline.bills;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rates of GST. */
final class Rates {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final List<BigDecimal> LEGAL = Stream.of(
    "0",
    "0.1",
    "0.25",
    "1.5",
    "3",
    "5",
    "6",
    "7.5",
    "12",
    "18",
    "28",
    "40"
  )
    .map(BigDecimal::new)
    .toList();

  private Rates() {}

  static boolean isLegal(BigDecimal rate) {
    return LEGAL.stream().anyMatch(legal -> legal.compareTo(rate) == 0);
  }

  /** The rate that makes such a tax of such a value, allowing for paise. */
  static Optional<BigDecimal> of(BigDecimal tax, BigDecimal taxable) {
    if (taxable.signum() <= 0) {
      return Optional.empty();
    }
    return LEGAL.stream()
      .filter(rate ->
        Goods.near(
          taxable.multiply(rate).divide(HUNDRED, 4, RoundingMode.HALF_UP),
          tax,
          new BigDecimal("0.03")
        )
      )
      .reduce((one, other) -> other);
  }
}
