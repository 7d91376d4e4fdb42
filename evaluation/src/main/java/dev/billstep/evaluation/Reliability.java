package dev.billstep.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Pages of like confidence.
 *
 * @param from the least confidence of the bin
 * @param mean of the pages' confidence
 * @param right the share of the pages whose type and identifying values are all right
 */
public record Reliability(double from, int pages, double mean, double right) {
  /** Edges of the bins; most pages are at the upper end. */
  private static final List<Double> EDGES = List.of(0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01);

  /** Bins that have a page. */
  static List<Reliability> bins(List<PageScore> pages) {
    var bins = new ArrayList<Reliability>();
    for (int index = 0; index + 1 < EDGES.size(); index++) {
      double from = EDGES.get(index);
      double to = EDGES.get(index + 1);
      var within = pages
        .stream()
        .filter(page -> page.confidence() >= from && page.confidence() < to)
        .toList();
      if (!within.isEmpty()) {
        bins.add(of(from, within));
      }
    }
    return bins;
  }

  static Reliability of(double from, List<PageScore> pages) {
    return new Reliability(
      from,
      pages.size(),
      pages.stream().mapToDouble(PageScore::confidence).average().orElse(0),
      pages.stream().mapToDouble(Reliability::truth).average().orElse(0)
    );
  }

  /** The mean square of what confidence is off by: 0 is perfect, 0.25 is to know nothing. */
  static double brier(List<PageScore> pages) {
    return pages
      .stream()
      .mapToDouble(page -> Math.pow(page.confidence() - truth(page), 2))
      .average()
      .orElse(0);
  }

  /**
   * How far confidence and truth are apart in the bins, on average over all pages (expected
   * calibration error).
   */
  static double error(List<PageScore> pages) {
    return (
      bins(pages)
        .stream()
        .mapToDouble(bin -> bin.pages() * Math.abs(bin.mean() - bin.right()))
        .sum() / Math.max(1, pages.size())
    );
  }

  private static int truth(PageScore page) {
    return page.isRight() ? 1 : 0;
  }
}
