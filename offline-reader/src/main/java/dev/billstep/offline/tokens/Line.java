package dev.billstep.offline.tokens;

import java.util.List;
import java.util.stream.Collectors;

/** The phrases of one line of a page, from left to right. */
public record Line(List<Phrase> phrases) {
  public Box box() {
    return Box.around(phrases.stream().map(Phrase::box).toList());
  }

  public List<Token> tokens() {
    return phrases
      .stream()
      .flatMap(phrase -> phrase.tokens().stream())
      .toList();
  }

  public String text() {
    return phrases.stream().map(Phrase::text).collect(Collectors.joining("  "));
  }
}
