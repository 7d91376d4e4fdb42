package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.OcrWord;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.tokens.Piece;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.page.PageImage;
import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The text of a page: its own text layer where it has a good one, otherwise what OCR sees. */
final class PageText {

  /** Letters and digits that a text layer must have to be more than a stamp or a page number. */
  private static final int ENOUGH_CHARACTERS = 40;

  /** Letters and digits from which on a page has labels. */
  private static final int ENOUGH_FOR_LABELS = 250;

  /** Labels that a page of text has, whatever it is: a date, a name, an amount. */
  private static final int FEWEST_LABELS = 2;

  /** Pages whose OCR is remembered: what is classified is read soon after. */
  private static final int REMEMBERED = 32;

  private final PageOcr ocr;
  private final SequencedMap<String, SeenText> seen = new LinkedHashMap<>();

  PageText(PageOcr ocr) {
    this.ocr = ocr;
  }

  SeenText on(PageImage page) {
    if (!hasTextLayer(page.words())) {
      return remembered(page);
    }
    var layer = new SeenText(Sheet.of(page.words()), page.words());
    return characters(page.words()) < ENOUGH_FOR_LABELS || labels(layer) >= FEWEST_LABELS
      ? layer
      : withMoreLabels(layer, page);
  }

  /**
   * A layer that is drawn and says nothing of what a bill or a letter says may be garbage: letters
   * with others' codes. Then OCR looks as well, and counts where it finds more.
   */
  private SeenText withMoreLabels(SeenText layer, PageImage page) {
    var recognised = remembered(page);
    return labels(recognised) > labels(layer) ? recognised : layer;
  }

  private static long labels(SeenText text) {
    return Labels.on(text.sheet()).all().count();
  }

  private static boolean hasTextLayer(List<Word> words) {
    return characters(words) >= ENOUGH_CHARACTERS;
  }

  private static long characters(List<Word> words) {
    return words
      .stream()
      .flatMapToInt(word -> word.text().chars())
      .filter(Character::isLetterOrDigit)
      .count();
  }

  private SeenText remembered(PageImage page) {
    var address = page.sha256();
    synchronized (seen) {
      var known = seen.get(address);
      if (known != null) {
        return known;
      }
    }
    var text = recognised(ocr.read(page.bytes()));
    synchronized (seen) {
      seen.put(address, text);
      if (seen.size() > REMEMBERED) {
        seen.pollFirstEntry();
      }
    }
    return text;
  }

  private static SeenText recognised(OcrText read) {
    var pieces = new ArrayList<Piece>();
    for (int line = 0; line < read.lines().size(); line++) {
      for (var word : read.lines().get(line).words()) {
        pieces.add(piece(word, line));
      }
    }
    return new SeenText(Sheet.ofOcr(pieces), pieces.stream().map(Piece::onImage).toList());
  }

  private static Piece piece(OcrWord word, int line) {
    return new Piece(
      word(word.text(), word.level()),
      word(word.text(), word.onImage()),
      word.certainty().least(),
      line
    );
  }

  private static Word word(String text, Box box) {
    return new Word(text, box.x(), box.y(), box.width(), box.height());
  }

  /**
   * A page's text.
   *
   * @param onImage its pieces, each where it stands on the image
   */
  record SeenText(Sheet sheet, List<Word> onImage) {}
}
