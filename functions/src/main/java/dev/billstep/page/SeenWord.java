package dev.billstep.page;

/**
 * A word of a page, with how sure it is that it stands there.
 *
 * @param certainty from 0 to 1; 1 of a text layer's, which is no guess
 */
public record SeenWord(Word word, double certainty) {
  private static final double CERTAIN = 1;

  /** Of a text layer. */
  public static SeenWord of(Word word) {
    return new SeenWord(word, CERTAIN);
  }

  /** Whether it is a guess, however good. */
  public boolean isGuess() {
    return certainty < CERTAIN;
  }
}
