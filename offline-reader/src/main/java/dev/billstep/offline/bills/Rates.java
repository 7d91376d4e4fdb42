package dev.billstep.offline.bills;

import dev.billstep.offline.forms.GstRates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** The rates of GST. */
final class Rates {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Rates() {}

  static boolean isLegal(BigDecimal rate) {
    return GstRates.areWith(GstRates.ALL, rate);
  }

  /** The rate that makes such a tax of such a value, allowing for paise. */
  static Optional<BigDecimal> of(BigDecimal tax, BigDecimal taxable) {
    if (taxable.signum() <= 0) {
      return Optional.empty();
    }
    return GstRates.ALL.stream()
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
