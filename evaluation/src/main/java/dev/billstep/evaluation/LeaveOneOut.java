package dev.billstep.evaluation;

import dev.billstep.doc.Calibration;
import dev.billstep.evaluation.CalibrationFit.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How it goes with families that nothing was fitted to: each family's pages with the confidence of a
 * calibration that was fitted to all others.
 *
 * @param families with their pages
 */
public record LeaveOneOut(SortedMap<String, List<PageScore>> families) {
  /**
   * Of pages that were read in this process.
   *
   * @throws IllegalArgumentException where fewer than two families are among them
   */
  public static LeaveOneOut of(List<PageScore> pages) {
    var families = pages
      .stream()
      .collect(Collectors.groupingBy(PageScore::family, TreeMap::new, Collectors.toList()));
    if (families.size() < 2) {
      throw new IllegalArgumentException("leaving one out takes two families or more");
    }
    var without = new TreeMap<String, List<PageScore>>();
    families.forEach((family, its) -> without.put(family, read(its, fitted(pages, family))));
    return new LeaveOneOut(without);
  }

  /** Fitted to all of them. */
  public static Calibration fitted(List<PageScore> pages) {
    return CalibrationFit.to(pages.stream().map(LeaveOneOut::known).toList());
  }

  private static Calibration fitted(List<PageScore> pages, String without) {
    return fitted(
      pages
        .stream()
        .filter(page -> !page.family().equals(without))
        .toList()
    );
  }

  private static Known known(PageScore page) {
    return new Known(page.family(), page.evidence().orElseThrow(), page.isRight());
  }

  private static List<PageScore> read(List<PageScore> pages, Calibration calibration) {
    return pages
      .stream()
      .map(page -> page.withConfidence(calibration.confidence(page.evidence().orElseThrow())))
      .toList();
  }

  /** All pages, each with the confidence that was fitted without its family. */
  public List<PageScore> pages() {
    var all = new ArrayList<PageScore>();
    families.values().forEach(all::addAll);
    return all;
  }

  /** As lines of text, for people. */
  public String table() {
    return """
    Rules read, and are fitted to no document; what is fitted is the confidence, here to all families but the one of the line.

    %-28s %6s %6s %6s %12s %12s %10s %6s %6s
    %s

    %s""".formatted(
      "FAMILY LEFT OUT",
      "PAGES",
      "CLASS",
      "IDENT",
      "UNFLAGGED",
      "THEIRS RIGHT",
      "CONFIDENCE",
      "RIGHT",
      "BRIER",
      families.entrySet().stream().map(LeaveOneOut::line).collect(Collectors.joining("\n")),
      ReliabilityTable.of(Reliability.bins(pages()))
    );
  }

  private static String line(Map.Entry<String, List<PageScore>> family) {
    var pages = family.getValue();
    var trust = Trust.of(pages);
    var reliability = Reliability.of(0, pages);
    return "%-28s %6d %6.3f %6.3f %5d / %4d %5d / %4d %10.3f %6.3f %6.3f".formatted(
      family.getKey(),
      pages.size(),
      (double) pages.stream().filter(PageScore::isTaken).count() / pages.size(),
      pages.stream().map(PageScore::identifying).reduce(Score.NONE, Score::plus).f1(),
      trust.unflagged(),
      trust.pages(),
      trust.right(),
      trust.right() + trust.wrong(),
      reliability.mean(),
      reliability.right(),
      Reliability.brier(pages)
    );
  }
}
