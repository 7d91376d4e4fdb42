package dev.billstep.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/** Bins of confidence as lines of text. */
final class ReliabilityTable {

  private ReliabilityTable() {}

  static String of(List<Reliability> bins) {
    return "%-12s %6s %6s %16s\n%s".formatted(
      "CONFIDENCE",
      "PAGES",
      "MEAN",
      "PAGES ALL RIGHT",
      bins.stream().map(ReliabilityTable::line).collect(Collectors.joining("\n"))
    );
  }

  private static String line(Reliability bin) {
    return "%-12s %6d %6.3f %16.3f".formatted(
      "from %.2f".formatted(bin.from()),
      bin.pages(),
      bin.mean(),
      bin.right()
    );
  }
}
