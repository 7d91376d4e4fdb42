package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.ocr.Certainty;
import dev.billstep.ocr.OcrLine;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.OcrWord;
import dev.billstep.ocr.SeenAtPlace;
import dev.billstep.page.Word;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OCR that sees a page with every certainty. */
final class DrawnPage implements PageOcr {

  private static final Certainty CERTAIN = new Certainty(1, 1);

  private final List<Word> words;
  private int wholePages;

  DrawnPage(String page) {
    this.words = PrintedPage.words(page);
  }

  /** How often the whole page was read. */
  int wholePages() {
    return wholePages;
  }

  @Override
  public OcrText read(byte[] png) {
    wholePages++;
    var lines = words
      .stream()
      .collect(Collectors.groupingBy(Word::y, TreeMap::new, Collectors.toList()))
      .values()
      .stream()
      .map(DrawnPage::line);
    var foot = words.isEmpty()
      ? Stream.<OcrLine>empty()
      : Stream.of(line(List.of(new Word("OCR", 0, 900, 36, 20))));
    return new OcrText(Stream.concat(lines, foot).toList());
  }

  private static OcrLine line(List<Word> words) {
    var seen = words
      .stream()
      .map(word -> new OcrWord(word.text(), CERTAIN, box(word), box(word)))
      .toList();
    var first = seen.getFirst().level();
    return new OcrLine("", CERTAIN, first, first, seen);
  }

  @Override
  public List<SeenAtPlace> readAt(byte[] png, List<Box> places) {
    return places
      .stream()
      .map(place ->
        new SeenAtPlace(
          words
            .stream()
            .filter(word -> isWithin(word, place))
            .map(Word::text)
            .collect(Collectors.joining(" ")),
          CERTAIN
        )
      )
      .toList();
  }

  private static boolean isWithin(Word word, Box place) {
    double width = shared(word.x(), word.width(), place.x(), place.width());
    double height = shared(word.y(), word.height(), place.y(), place.height());
    return width > 0.5 * word.width() && height > 0.6 * word.height();
  }

  private static double shared(double one, double length, double other, double otherLength) {
    return Math.min(one + length, other + otherLength) - Math.max(one, other);
  }

  private static Box box(Word word) {
    return new Box(word.x(), word.y(), word.width(), word.height());
  }
}
