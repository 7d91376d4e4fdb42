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

/** The text of a page: its own text layer where that says what is drawn, otherwise what OCR sees. */
final class PageText {

  /** Letters and digits that a text layer must have to be more than a stamp or a page number. */
  private static final int ENOUGH_CHARACTERS = 40;

  /** Pages whose text is remembered: what is classified is read soon after. */
  private static final int REMEMBERED = 32;

  private final PageOcr ocr;
  private final TextLayerCheck check;
  private final SequencedMap<Page, SeenText> seen = new LinkedHashMap<>();

  PageText(PageOcr ocr) {
    this.ocr = ocr;
    this.check = new TextLayerCheck(ocr);
  }

  SeenText on(PageImage page) {
    var key = new Page(page.sha256(), page.words());
    synchronized (seen) {
      var known = seen.get(key);
      if (known != null) {
        return known;
      }
    }
    var text = look(page);
    synchronized (seen) {
      seen.put(key, text);
      if (seen.size() > REMEMBERED) {
        seen.pollFirstEntry();
      }
    }
    return text;
  }

  /** Of some words of the page's text layer, what is drawn in their places. */
  List<DrawnText> drawn(PageImage page, List<Word> words) {
    return check.drawn(page, words);
  }

  private SeenText look(PageImage page) {
    if (characters(page.words()) < ENOUGH_CHARACTERS) {
      return recognised(page);
    }
    var sample = check.ofSample(page);
    var layer = new SeenText(Sheet.of(page.words()), page.words(), Source.TEXT_LAYER);
    if (!sample.isTold()) {
      return withMoreLabels(layer, page);
    }
    return sample.isBelieved() ? layer : instead(layer, page);
  }

  /** What OCR sees, unless it sees nothing either. */
  private SeenText instead(SeenText layer, PageImage page) {
    var recognised = recognised(page);
    return characters(recognised.onImage()) >= ENOUGH_CHARACTERS
      ? recognised
      : new SeenText(layer.sheet(), layer.onImage(), Source.DISBELIEVED_TEXT_LAYER);
  }

  /** A layer that OCR can't be held against may be in another script, or garbage. */
  private SeenText withMoreLabels(SeenText layer, PageImage page) {
    var recognised = recognised(page);
    return labels(recognised) > labels(layer) ? recognised : layer;
  }

  private static long labels(SeenText text) {
    return Labels.on(text.sheet()).all().count();
  }

  private static long characters(List<Word> words) {
    return words
      .stream()
      .flatMapToInt(word -> word.text().chars())
      .filter(Character::isLetterOrDigit)
      .count();
  }

  private SeenText recognised(PageImage page) {
    return recognised(ocr.read(page.bytes()));
  }

  private static SeenText recognised(OcrText read) {
    var pieces = new ArrayList<Piece>();
    for (int line = 0; line < read.lines().size(); line++) {
      for (var word : read.lines().get(line).words()) {
        pieces.add(piece(word, line));
      }
    }
    return new SeenText(
      Sheet.ofOcr(pieces),
      pieces.stream().map(Piece::onImage).toList(),
      Source.OCR
    );
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

  /** Where a page's text comes from. */
  enum Source {
    /** Its own, which is what is drawn as far as was looked. */
    TEXT_LAYER,
    /** Its own, which is not what is drawn; but OCR sees nothing that could be taken instead. */
    DISBELIEVED_TEXT_LAYER,
    OCR,
  }

  /**
   * A page's text.
   *
   * @param onImage its pieces, each where it stands on the image
   */
  record SeenText(Sheet sheet, List<Word> onImage, Source source) {}

  /** What tells a page from others. */
  private record Page(String sha256, List<Word> words) {}
}
