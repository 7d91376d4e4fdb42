package dev.billstep.evaluation;

import java.util.List;

/**
 * Pages of like confidence.
 *
 * @param from the least confidence of the bin
 * @param mean of the pages' confidence
 * @param right the share of the pages whose type and identifying values are all right
 */
public record Reliability(double from, int pages, double mean, double right) {
  static Reliability of(double from, List<PageScore> pages) {
    long right = pages.stream().filter(PageScore::isRight).count();
    return new Reliability(
      from,
      pages.size(),
      pages.stream().mapToDouble(PageScore::confidence).average().orElse(0),
      (double) right / pages.size()
    );
  }
}
