package dev.billstep.lab;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A call of a model.
 *
 * @param contender by its key
 * @param document by the SHA-256 of its content
 * @param step {@code classify}, {@code read} or {@code repair}
 * @param mostUsd what it can cost at most
 * @param answer none where nobody knows: whoever made it has ended before
 */
record NotedCall(
  String id,
  String contender,
  String document,
  String step,
  BigDecimal mostUsd,
  Optional<Answer> answer
) {
  /** What is known that it has cost. */
  BigDecimal knownUsd() {
    return answer.flatMap(Answer::usd).orElse(BigDecimal.ZERO);
  }

  /** What it may have cost. */
  BigDecimal possibleUsd() {
    return answer.flatMap(Answer::usd).orElse(mostUsd);
  }

  boolean isOf(String thatContender, String thatDocument) {
    return contender.equals(thatContender) && document.equals(thatDocument);
  }

  /**
   * How it ended.
   *
   * @param outcome {@code ok}, or the name of the failure
   * @param usd what it has cost; none where no answer came and the provider may have made one
   */
  record Answer(
    String outcome,
    Optional<BigDecimal> usd,
    int inputTokens,
    int outputTokens,
    long elapsedMs
  ) {}
}
