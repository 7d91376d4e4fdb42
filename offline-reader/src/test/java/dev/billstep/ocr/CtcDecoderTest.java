package dev.billstep.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CtcDecoderTest {

  private static final List<String> CHARACTERS = List.of("A", "B", " ");

  @Test
  void theSameClassAgainIsTheSameCharacterUnlessNothingStandsBetween() {
    assertThat(text(read("AA-AB--B"))).isEqualTo("AABB");
  }

  @Test
  void aCharacterHasItsPlaceOnTheLineWithoutThePadding() {
    // The line is half as long as the batch.
    var glyphs = new CtcDecoder(CHARACTERS).glyphs(steps("A--B----"), 0, 2);
    assertThat(glyphs.get(0).place()).isCloseTo(0.125, within(1e-9));
    assertThat(glyphs.get(1).place()).isCloseTo(0.875, within(1e-9));
  }

  @Test
  void aLineIsSplitIntoWordsWithPlacesOfTheirOwn() {
    var line = new ReadLine(new Strip(100, 50, 0, 80, 20), read("AB- -BA-"));
    var placed = line.placed(Strip::levelBox, Strip::levelBox);
    assertThat(placed.text()).isEqualTo("AB BA");
    assertThat(placed.words()).extracting(OcrWord::text).containsExactly("AB", "BA");
    assertThat(placed.words().get(0).level().x()).isEqualTo(100);
    assertThat(placed.words().get(0).level().width()).isCloseTo(20, within(1e-6));
    assertThat(placed.words().get(1).level().x()).isCloseTo(150, within(1e-6));
  }

  @Test
  void aWordIsAsCertainAsItsCharacters() {
    var glyphs = List.of(new Glyph("A", 0.9, 0.1), new Glyph("B", 0.5, 0.2));
    assertThat(Certainty.of(glyphs)).isEqualTo(new Certainty(0.7, 0.5));
  }

  private static List<Glyph> read(String steps) {
    return new CtcDecoder(CHARACTERS).glyphs(steps(steps), 0, 1);
  }

  private static String text(List<Glyph> glyphs) {
    return glyphs.stream().map(Glyph::character).collect(Collectors.joining());
  }

  /** A step a letter; a hyphen is none. */
  private static Network.Tensor steps(String steps) {
    int classes = CHARACTERS.size() + 1;
    var values = new float[steps.length() * classes];
    for (int step = 0; step < steps.length(); step++) {
      values[step * classes + CHARACTERS.indexOf(steps.substring(step, step + 1)) + 1] = 0.9f;
    }
    return new Network.Tensor(values, 1, steps.length(), classes);
  }
}
