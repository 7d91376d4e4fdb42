package dev.billstep.lab;

import dev.billstep.failure.PermanentFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The next call might cost more than what may still be spent; it was not made. */
public final class LimitReached extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  LimitReached(BigDecimal limit, BigDecimal spent, BigDecimal next) {
    super(
      (
        "Stopped before the limit of US$ %s: US$ %s may have been spent, and the next call may cost up to US$ %s. " +
        "What was answered is kept; the same command with a higher --max-usd goes on from there."
      ).formatted(
        limit.toPlainString(),
        spent.setScale(4, RoundingMode.UP).toPlainString(),
        next.setScale(4, RoundingMode.UP).toPlainString()
      )
    );
  }
}
