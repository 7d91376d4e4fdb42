package dev.billstep.ocr;

import java.util.List;

/**
 * How certain a text is, from 0 to 1: the recogniser's probability of its characters.
 *
 * @param mean of all of them
 * @param least of the most doubtful one
 */
public record Certainty(double mean, double least) {
  static final Certainty NONE = new Certainty(0, 0);

  static Certainty of(List<Glyph> glyphs) {
    var range = glyphs.stream().mapToDouble(Glyph::probability).summaryStatistics();
    return glyphs.isEmpty() ? NONE : new Certainty(range.getAverage(), range.getMin());
  }
}
