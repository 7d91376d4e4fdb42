package dev.billstep.ocr;

import java.util.List;

/**
 * What is seen on a page that was turned.
 *
 * @param strips where its text stands on the page after the turn
 * @param lines what is read there; nothing where lines stand on their end
 */
record SeenPage(QuarterTurn turn, List<Strip> strips, List<ReadLine> lines) {
  /** Characters that must be there to tell which way up a page is. */
  private static final int ENOUGH = 25;

  /** Of a page that is upright, however worn, the recogniser is surer than that. */
  private static final double SURE = 0.85;

  /** The page as it lies, or turned where it is read with more certainty so. */
  static SeenPage upright(GrayPage image, LineFinder finder, LineReader reader) {
    var asItLies = on(image, QuarterTurn.NONE, finder, reader);
    if (!asItLies.isDoubtful()) {
      return asItLies;
    }
    var turns = asItLies.isSideways()
      ? List.of(QuarterTurn.ONE, QuarterTurn.THREE)
      : List.of(QuarterTurn.TWO);
    var best = asItLies;
    for (var turn : turns) {
      var turned = on(image, turn, finder, reader);
      if (turned.certainty() > best.certainty()) {
        best = turned;
      }
      if (!best.isDoubtful()) {
        break;
      }
    }
    return best;
  }

  private static SeenPage on(
    GrayPage image,
    QuarterTurn turn,
    LineFinder finder,
    LineReader reader
  ) {
    var page = image.turned(turn);
    var strips = finder.on(page);
    var lines = isSideways(strips) ? List.<ReadLine>of() : reader.read(page, strips);
    return new SeenPage(turn, strips, lines);
  }

  private boolean isDoubtful() {
    return isSideways() || (characters() >= ENOUGH && certainty() < SURE);
  }

  private int characters() {
    return lines
      .stream()
      .mapToInt(line -> line.glyphs().size())
      .sum();
  }

  /** The mean over all characters. */
  private double certainty() {
    return Certainty.of(
      lines
        .stream()
        .flatMap(line -> line.glyphs().stream())
        .toList()
    ).mean();
  }

  private boolean isSideways() {
    return isSideways(strips);
  }

  /** Most lines stand on their end. */
  private static boolean isSideways(List<Strip> strips) {
    long standing = strips
      .stream()
      .filter(strip -> Math.abs(strip.angle()) > Math.PI / 4)
      .count();
    return standing * 2 > strips.size();
  }
}
