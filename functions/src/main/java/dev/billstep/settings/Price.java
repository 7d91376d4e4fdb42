package dev.billstep.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs, in US dollars.
 *
 * @param inputPerMillion for a million tokens that it is given
 * @param outputPerMillion for a million tokens that it answers with
 */
public record Price(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {
  /** Of a model that no price is known of, or that costs nothing. */
  public static final Price NONE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  private static final int TOKENS = 6;
  private static final int SCALE = 6;

  public BigDecimal of(int inputTokens, int outputTokens) {
    var input = inputPerMillion.multiply(BigDecimal.valueOf(inputTokens));
    var output = outputPerMillion.multiply(BigDecimal.valueOf(outputTokens));
    return input.add(output).movePointLeft(TOKENS).setScale(SCALE, RoundingMode.HALF_UP);
  }
}
