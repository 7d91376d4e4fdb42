package dev.billstep.lab;

import dev.billstep.evaluation.EvaluationResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * How a contender has read the documents that all have read.
 *
 * @param model its id
 * @param prompts their name
 * @param read documents that it has read, also those that others have not
 * @param result on the documents that are compared
 * @param spent on them
 * @param hasPrice whether a price is known of the model; without one it seems to cost nothing
 * @param outBecause a sentence, where it was given up
 */
public record Standing(
  String model,
  String prompts,
  int read,
  EvaluationResult result,
  Spent spent,
  boolean hasPrice,
  Optional<String> outBecause
) {
  private static final double MILLIS = 1_000;
  private static final MathContext DIGITS = new MathContext(3);

  public int pages() {
    return result.pages().size();
  }

  /** In US dollars; none where there is no page, or no price. */
  public Optional<BigDecimal> usdAPage() {
    return hasPrice && pages() > 0
      ? Optional.of(spent.usd().divide(BigDecimal.valueOf(pages()), DIGITS))
      : Optional.empty();
  }

  /** That the model has taken to answer. */
  public double secondsAPage() {
    return pages() == 0 ? 0 : spent.modelMs() / MILLIS / pages();
  }
}
