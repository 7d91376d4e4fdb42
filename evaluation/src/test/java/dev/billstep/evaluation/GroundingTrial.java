package dev.billstep.evaluation;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well what a model makes up is told from what is printed.
 *
 * @param values that are printed
 * @param doubted of those, one by one
 * @param unjudged pages of whose words too few are known to tell
 */
record GroundingTrial(List<GroundedPage> pages, long values, long doubted, long unjudged) {
  static GroundingTrial of(List<GroundedPage> pages) {
    return new GroundingTrial(
      pages,
      pages
        .stream()
        .filter(page -> !isUnjudged(page))
        .mapToLong(page -> page.values().size())
        .sum(),
      pages
        .stream()
        .filter(page -> !isUnjudged(page))
        .mapToLong(page -> page.doubted().size())
        .sum(),
      pages.stream().filter(GroundingTrial::isUnjudged).count()
    );
  }

  private static boolean isUnjudged(GroundedPage page) {
    return (
      page.words().isEmpty() ||
      page
        .doubted()
        .stream()
        .anyMatch(finding -> finding.path().isEmpty())
    );
  }

  /** How many of so many made-up values are found. */
  long found(int planted, long seed) {
    var random = new Random(seed);
    return IntStream.range(0, planted)
      .filter(_ -> {
        var page = pages.get(random.nextInt(pages.size()));
        return page.isFound(page.values().get(random.nextInt(page.values().size())), random);
      })
      .count();
  }

  /** What is doubted and true, and the pages that can't be judged. */
  String misses() {
    return pages
      .stream()
      .flatMap(page ->
        page
          .doubted()
          .stream()
          .map(finding -> "%s %s: %s".formatted(page.document(), finding.path(), finding.message()))
      )
      .collect(Collectors.joining("\n"));
  }
}
