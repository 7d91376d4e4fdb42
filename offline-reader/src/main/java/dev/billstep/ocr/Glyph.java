package dev.billstep.ocr;

/**
 * A character that the recogniser saw.
 *
 * @param probability from 0 to 1
 * @param place of its middle on the line, as a share of the line's length
 */
record Glyph(String character, double probability, double place) {
  boolean isSpace() {
    return character.isBlank();
  }
}
