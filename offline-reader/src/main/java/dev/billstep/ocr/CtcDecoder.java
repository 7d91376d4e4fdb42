package dev.billstep.ocr;

import java.util.ArrayList;
import java.util.List;

/**
 * Characters out of the recogniser's steps along a line (connectionist temporal classification): of
 * each step the most probable class; none is no character, and the same one again is the same
 * character still.
 */
final class CtcDecoder {

  private static final int NONE = 0;

  private final List<String> characters;

  /**
   * Knows the classes.
   *
   * @param characters of the classes from the second on
   */
  CtcDecoder(List<String> characters) {
    this.characters = characters;
  }

  /**
   * The characters of one line.
   *
   * @param probabilities of lines × steps × classes
   * @param share of the line's length that all steps cover; above 1 where it was padded
   */
  List<Glyph> glyphs(Network.Tensor probabilities, int line, double share) {
    int steps = probabilities.size(1);
    int classes = probabilities.size(2);
    var values = probabilities.data();
    var glyphs = new ArrayList<Glyph>();
    int before = NONE;
    for (int step = 0; step < steps; step++) {
      int start = (line * steps + step) * classes;
      int best = NONE;
      for (int i = 1; i < classes; i++) {
        if (values[start + i] > values[start + best]) {
          best = i;
        }
      }
      if (best != NONE && best != before) {
        double place = ((step + 0.5) / steps) * share;
        glyphs.add(new Glyph(characters.get(best - 1), values[start + best], place));
      }
      before = best;
    }
    return glyphs;
  }
}
