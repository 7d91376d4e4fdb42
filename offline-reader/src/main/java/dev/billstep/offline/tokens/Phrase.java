package dev.billstep.offline.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Words of a line that follow one another with no more than a space between them.
 *
 * @param text the words with a blank between each two
 * @param box around them
 */
public record Phrase(List<Token> tokens, String text, Box box) {
  public static Phrase of(List<Token> tokens) {
    return new Phrase(
      List.copyOf(tokens),
      tokens.stream().map(Token::text).collect(Collectors.joining(" ")),
      Box.around(tokens.stream().map(Token::box).toList())
    );
  }

  /** The words, or parts of words, between two characters of the text. */
  public Phrase part(int from, int to) {
    var parts = new ArrayList<Token>();
    int at = 0;
    for (var token : tokens) {
      int start = Math.max(from, at);
      int end = Math.min(to, at + token.text().length());
      if (start < end) {
        parts.add(token.part(start - at, end - at));
      }
      at += token.text().length() + 1;
    }
    return parts.isEmpty() ? this : of(parts);
  }

  /** Around its words on the image as it lies. */
  public Box onImage() {
    return Box.around(tokens.stream().map(Token::onImage).toList());
  }
}
