package dev.billstep.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model costs, in US dollars.
 *
 * @param inputPerMillion for a million tokens that it is given
 * @param outputPerMillion for a million tokens that it answers with, thoughts among them
 * @param cacheReadPerMillion for those of the input that its cache had; a tenth of the input's price
 *     where it is not said
 * @param cacheWrittenPerMillion for those that its cache keeps; the input's price and a quarter where
 *     it is not said
 */
public record Price(
  BigDecimal inputPerMillion,
  BigDecimal outputPerMillion,
  Optional<BigDecimal> cacheReadPerMillion,
  Optional<BigDecimal> cacheWrittenPerMillion
) {
  /** Of a model that no price is known of, or that costs nothing. */
  public static final Price NONE = Price.of(BigDecimal.ZERO, BigDecimal.ZERO);

  private static final BigDecimal USUAL_READ = new BigDecimal("0.1");
  private static final BigDecimal USUAL_WRITTEN = new BigDecimal("1.25");
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final int TOKENS = 6;
  private static final int SCALE = 6;

  /** With the cache at its usual price. */
  public static Price of(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {
    return new Price(inputPerMillion, outputPerMillion, Optional.empty(), Optional.empty());
  }

  /**
   * That of its provider's batch interface: half of all (OpenAI, "Batch API"; Anthropic, "Batch
   * processing"; Gemini API, "Batch API").
   */
  public Price ofBatch() {
    return new Price(
      inputPerMillion.multiply(HALF),
      outputPerMillion.multiply(HALF),
      cacheReadPerMillion.map(HALF::multiply),
      cacheWrittenPerMillion.map(HALF::multiply)
    );
  }

  /**
   * The price of a call.
   *
   * @param input tokens, with those of the cache
   * @param cacheRead those of the input that the cache had
   * @param cacheWritten those of the input that the cache keeps
   */
  public BigDecimal of(int input, int output, int cacheRead, int cacheWritten) {
    return Stream.of(
      part(inputPerMillion, input - cacheRead - cacheWritten),
      part(cacheReadPerMillion.orElse(inputPerMillion.multiply(USUAL_READ)), cacheRead),
      part(cacheWrittenPerMillion.orElse(inputPerMillion.multiply(USUAL_WRITTEN)), cacheWritten),
      part(outputPerMillion, output)
    )
      .reduce(BigDecimal.ZERO, BigDecimal::add)
      .setScale(SCALE, RoundingMode.HALF_UP);
  }

  private static BigDecimal part(BigDecimal perMillion, int tokens) {
    return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(TOKENS);
  }
}
