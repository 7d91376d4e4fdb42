package dev.billstep.offline;

import dev.billstep.ocr.PpOcr;
import dev.billstep.page.PageImage;
import dev.billstep.page.Sha256;
import dev.billstep.page.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The text of a page: its own text layer where it has a good one, otherwise what OCR sees. */
final class PageText {

  /** Letters and digits that a text layer must have to be more than a stamp or a page number. */
  private static final int ENOUGH_CHARACTERS = 40;

  /** Pages whose OCR is remembered: what is classified is read soon after. */
  private static final int REMEMBERED = 32;

  private final PpOcr ocr;
  private final SequencedMap<String, SeenText> seen = new LinkedHashMap<>();

  PageText(PpOcr ocr) {
    this.ocr = ocr;
  }

  SeenText on(PageImage page) {
    return hasTextLayer(page.words())
      ? new SeenText(Layout.of(Phrases.join(page.words())), page.words())
      : remembered(page);
  }

  private static boolean hasTextLayer(List<Word> words) {
    return (
      words
        .stream()
        .flatMapToInt(word -> word.text().chars())
        .filter(Character::isLetterOrDigit)
        .count() >= ENOUGH_CHARACTERS
    );
  }

  private SeenText remembered(PageImage page) {
    var address = Sha256.of(page.png());
    synchronized (seen) {
      var known = seen.get(address);
      if (known != null) {
        return known;
      }
    }
    var read = OcrText.of(ocr.read(page.png()));
    var text = new SeenText(Layout.of(read.level()), read.onImage());
    synchronized (seen) {
      seen.put(address, text);
      if (seen.size() > REMEMBERED) {
        seen.pollFirstEntry();
      }
    }
    return text;
  }

  /**
   * A page's text.
   *
   * @param onImage its pieces, each where it stands on the image
   */
  record SeenText(Layout layout, List<Word> onImage) {}
}
