package dev.billstep.offline.tokens;

/**
 * A word.
 *
 * @param box on the page upright and level
 * @param onImage where it stands on the image as it lies
 * @param certainty of its most doubtful character, from 0 to 1
 * @param line of the page that OCR has seen it in, or {@link Piece#NO_LINE}
 */
public record Token(String text, Box box, Box onImage, double certainty, int line) {
  boolean isOfLineOf(Token other) {
    return line != Piece.NO_LINE && line == other.line;
  }

  /** The part of it between two of its characters; its place is worked out from them. */
  public Token part(int from, int to) {
    double length = text.length();
    return new Token(
      text.substring(from, to),
      box.slice(from / length, to / length),
      onImage.slice(from / length, to / length),
      certainty,
      line
    );
  }
}
