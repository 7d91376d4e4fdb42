package dev.billstep.offline.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.Word;
import java.util.List;
import java.util.stream.Stream;
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
  void amountsAndLabelsThatTouchAreTakenApart() {
    assertThat(words("Rs.4,641.00Rs.21,216.00")).containsExactly("Rs.4,641.00", "Rs.21,216.00");
    assertThat(words("12,791.191,47,453.38")).containsExactly("12,791.19", "1,47,453.38");
    assertThat(words("TOTAL256473.00")).containsExactly("TOTAL", "256473.00");
    assertThat(words("2.250.00")).containsExactly("2.250.00");
  }

  private static Stream<String> words(String text) {
    return Sheet.of(List.of(word(text, 0, 0)))
      .lines()
      .stream()
      .flatMap(line -> line.tokens().stream())
      .map(Token::text);
  }

  @Test
  void wordsOfALineThatOcrHasSeenAsOneAreAPhraseAlsoWithMoreBetweenThem() {
    var title = new Piece(word("PURCHASE", 0, 0), word("PURCHASE", 0, 0), 1, 7);
    double after = title.level().width() + 20;
    var next = word("ORDER", after, 0);
    assertThat(phrases(title, new Piece(next, next, 1, 7))).containsExactly("PURCHASE ORDER");
    assertThat(phrases(title, new Piece(next, next, 1, 8))).containsExactly("PURCHASE", "ORDER");
  }

  private static Stream<String> phrases(Piece... pieces) {
    return Sheet.ofOcr(List.of(pieces)).phrases().map(Phrase::text);
  }

  @Test
  void aPhraseThatOcrGivesIsTakenApartIntoWordsWithTheirPlaces() {
    var piece = new Word("No： 17", 100, 50, 60, 20);
    var onImage = new Word("No： 17", 400, 10, 20, 60);
    var tokens = Sheet.ofOcr(List.of(new Piece(piece, onImage, 0.9, 0)))
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
