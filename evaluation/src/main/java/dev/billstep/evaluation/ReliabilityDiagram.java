package dev.billstep.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Confidence against the share of pages that are right, as SVG: on the diagonal it is honest, below it
 * claims too much. Circles are as large as their bins have pages.
 */
final class ReliabilityDiagram {

  private static final int SIDE = 300;
  private static final int MARGIN = 40;
  private static final double LARGEST = 16;
  private static final double SMALLEST = 3;

  private ReliabilityDiagram() {}

  static String of(List<Reliability> bins) {
    int most = bins.stream().mapToInt(Reliability::pages).max().orElse(1);
    return """
    <svg width="%1$d" height="%1$d" viewBox="0 0 %1$d %1$d" role="img" aria-label="Confidence against the share of pages that are right">
    <g fill="none" stroke="currentColor"><rect x="%2$d" y="%3$d" width="%4$d" height="%4$d"/>
    <line x1="%2$d" y1="%5$d" x2="%6$d" y2="%3$d" stroke-dasharray="4"/></g>
    <g fill="currentColor" font-size="12"><text x="%2$d" y="%7$d">0</text><text x="%6$d" y="%7$d" text-anchor="end">confidence 1</text>
    <text x="%8$d" y="%5$d" text-anchor="end">0</text><text x="%2$d" y="%9$d">1: all pages right</text></g>
    <g fill="#1f6fb2" fill-opacity=".7">%10$s</g></svg>""".formatted(
      SIDE + 2 * MARGIN,
      MARGIN,
      MARGIN,
      SIDE,
      MARGIN + SIDE,
      MARGIN + SIDE,
      MARGIN + SIDE + 16,
      MARGIN - 6,
      MARGIN - 6,
      bins
        .stream()
        .map(bin -> circle(bin, most))
        .collect(Collectors.joining())
    );
  }

  private static String circle(Reliability bin, int most) {
    return """
    <circle cx="%.1f" cy="%.1f" r="%.1f"><title>confidence %.2f: %.0f %% of %d pages right</title></circle>
    """.formatted(
      MARGIN + SIDE * bin.mean(),
      MARGIN + SIDE * (1 - bin.right()),
      SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((double) bin.pages() / most),
      bin.mean(),
      100 * bin.right(),
      bin.pages()
    );
  }
}
