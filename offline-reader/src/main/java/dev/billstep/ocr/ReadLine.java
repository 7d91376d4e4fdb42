package dev.billstep.ocr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A line and what was read there.
 *
 * @param glyphs from left to right, spaces among them
 */
record ReadLine(Strip strip, List<Glyph> glyphs) {
  /** Half the width of a letter, as a share of the line's height; for words of one letter. */
  private static final double HALF_A_LETTER = 0.15;

  /**
   * What ascenders and descenders take of the line's height; the rest is the margin that the
   * recogniser wants. On scanned bills capitals stand from 0.29 to 0.70 of the height.
   */
  private static final double LETTERS = 0.64;

  boolean isBlank() {
    return glyphs.stream().allMatch(Glyph::isSpace);
  }

  /**
   * The line as it is handed out.
   *
   * @param level where a strip stands on the page levelled
   * @param onImage where it stands on the image as it lies
   */
  OcrLine placed(Function<Strip, Box> level, Function<Strip, Box> onImage) {
    var glyphsOfWords = words();
    var words = glyphsOfWords
      .stream()
      .map(word -> {
        var place = place(word, word);
        return new OcrWord(
          text(word),
          Certainty.of(word),
          level.apply(place),
          onImage.apply(place)
        );
      })
      .toList();
    var place = place(glyphsOfWords.getFirst(), glyphsOfWords.getLast());
    return new OcrLine(
      words.stream().map(OcrWord::text).collect(Collectors.joining(" ")),
      Certainty.of(glyphsOfWords.stream().flatMap(List::stream).toList()),
      level.apply(place),
      onImage.apply(place),
      words
    );
  }

  /** What stands between spaces. */
  List<List<Glyph>> words() {
    var words = new ArrayList<List<Glyph>>();
    boolean isNew = true;
    for (var glyph : glyphs) {
      if (!glyph.isSpace()) {
        if (isNew) {
          words.add(new ArrayList<>());
        }
        words.getLast().add(glyph);
      }
      isNew = glyph.isSpace();
    }
    return words;
  }

  /** From half a letter before the middle of the first one to half a letter after the last one's. */
  private Strip place(List<Glyph> firstWord, List<Glyph> lastWord) {
    double from = Math.clamp(firstWord.getFirst().place() - halfALetter(firstWord), 0, 1);
    double to = Math.clamp(lastWord.getLast().place() + halfALetter(lastWord), from, 1);
    return strip.part(from, to).narrowed(LETTERS);
  }

  private double halfALetter(List<Glyph> word) {
    double length = word.getLast().place() - word.getFirst().place();
    return word.size() > 1
      ? length / (word.size() - 1) / 2
      : (HALF_A_LETTER * strip.height()) / strip.length();
  }

  private static String text(List<Glyph> word) {
    return word.stream().map(Glyph::character).collect(Collectors.joining());
  }
}
