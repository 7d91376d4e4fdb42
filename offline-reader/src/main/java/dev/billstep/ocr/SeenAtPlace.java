package dev.billstep.ocr;

import java.util.stream.Collectors;

/**
 * What is seen at a place.
 *
 * @param text empty where nothing is
 */
public record SeenAtPlace(String text, Certainty certainty) {
  static SeenAtPlace of(ReadLine line) {
    return new SeenAtPlace(
      line.glyphs().stream().map(Glyph::character).collect(Collectors.joining()).strip(),
      Certainty.of(line.glyphs())
    );
  }
}
