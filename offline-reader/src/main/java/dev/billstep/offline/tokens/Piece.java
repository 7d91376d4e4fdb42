package dev.billstep.offline.tokens;

import dev.billstep.page.Word;

/**
 * A piece of text as OCR has read it.
 *
 * @param level with its place on the page upright, and turned so that lines of text are level
 * @param onImage with its place on the image as it lies
 * @param certainty of its most doubtful character, from 0 to 1
 * @param line that OCR has seen it in: what stands there is near each other
 */
public record Piece(Word level, Word onImage, double certainty, int line) {
  /** A text layer has no such lines. */
  static final int NO_LINE = -1;

  /** Of a text layer: what it says is certain. */
  static Piece of(Word word) {
    return new Piece(word, word, 1, NO_LINE);
  }
}
