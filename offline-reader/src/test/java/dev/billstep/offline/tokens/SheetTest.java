package dev.billstep.offline.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {

  @Test
  void wordsWithASpaceBetweenThemAreAPhraseAndAWiderGapPartsPhrases() {
    var sheet = Sheet.of(List.of(word("Tax", 0, 0), word("Invoice", 46, 0), word("Date", 200, 2)));
    assertThat(sheet.phrases().map(Phrase::text)).containsExactly("Tax Invoice", "Date");
  }

  @Test
  void twoAmountsBesideEachOtherStandInTwoColumns() {
    var sheet = Sheet.of(List.of(word("₹41.30₹912.00", 0, 0)));
    assertThat(sheet.phrases().map(Phrase::text)).containsExactly("₹41.30", "₹912.00");
  }

  @Test
  void aPhraseThatOcrGivesIsTakenApartIntoWordsWithTheirPlaces() {
    var piece = new Word("No： 17", 100, 50, 60, 20);
    var onImage = new Word("No： 17", 400, 10, 20, 60);
    var tokens = Sheet.ofOcr(List.of(new Piece(piece, onImage, 0.9)))
      .lines()
      .getFirst()
      .tokens();
    assertThat(tokens).extracting(Token::text).containsExactly("No:", "17");
    assertThat(tokens.getLast().box().left()).isEqualTo(140);
    assertThat(tokens.getLast().onImage().right()).isEqualTo(420);
  }

  @Test
  void linesDrawnWithCharactersAreNoText() {
    assertThat(Sheet.of(List.of(word("----------", 0, 0))).lines()).isEmpty();
  }

  private static Word word(String text, double x, double y) {
    return new Word(text, x, y, 12.0 * text.length(), 20);
  }
}
