package dev.billstep.offline;

import dev.billstep.ocr.Box;
import dev.billstep.page.PageImage;
import dev.billstep.page.Word;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds a text layer against what is drawn: OCR looks at the places where some of its words should
 * stand.
 */
final class TextLayerCheck {

  /** Numbers and other words of a sample, spread over the page. */
  private static final int NUMBERS = 10;

  private static final int OTHERS = 8;

  /** With fewer words that OCR could read a layer is neither believed nor disbelieved. */
  private static final int FEWEST = 5;

  /** Of the words looked at. Of 4,400 words on 28 pages that programs have made, OCR saw two otherwise. */
  private static final double BELIEVED = 0.9;

  /** Smaller letters can't be read, in pixels. */
  private static final double LEAST_HEIGHT = 9;

  /** OCR knows no other script, and little tells a word of two letters from another. */
  private static final Pattern READABLE = Pattern.compile("(?:[^\\p{L}]|[A-Za-z]){3,30}");

  private static final Pattern WORD = Pattern.compile("(?:.*[A-Za-z0-9]){3}.*");

  private final PageOcr ocr;

  TextLayerCheck(PageOcr ocr) {
    this.ocr = ocr;
  }

  /** What is drawn where a sample of the page's words should stand. */
  Result ofSample(PageImage page) {
    var readable = page.words().stream().filter(TextLayerCheck::isReadable).toList();
    var numbers = readable.stream().filter(DrawnText::isNumber).toList();
    var others = readable
      .stream()
      .filter(word -> !DrawnText.isNumber(word))
      .toList();
    var sample = Stream.concat(spread(numbers, NUMBERS), spread(others, OTHERS)).toList();
    return sample.size() < FEWEST ? Result.NONE : new Result(drawn(page, sample));
  }

  /** What is drawn where these words of the page should stand, as far as OCR could read them. */
  List<DrawnText> drawn(PageImage page, List<Word> words) {
    var readable = words.stream().filter(TextLayerCheck::isReadable).toList();
    if (readable.isEmpty()) {
      return List.of();
    }
    var seen = ocr.readAt(page.bytes(), readable.stream().map(TextLayerCheck::place).toList());
    return IntStream.range(0, readable.size())
      .mapToObj(i -> new DrawnText(readable.get(i), seen.get(i)))
      .toList();
  }

  private static boolean isReadable(Word word) {
    return (
      word.height() >= LEAST_HEIGHT &&
      READABLE.matcher(word.text()).matches() &&
      WORD.matcher(word.text()).matches()
    );
  }

  private static Box place(Word word) {
    return new Box(word.x(), word.y(), word.width(), word.height());
  }

  /** So many of them, evenly in their order. */
  private static Stream<Word> spread(List<Word> words, int count) {
    int taken = Math.min(count, words.size());
    return IntStream.range(0, taken).mapToObj(i -> words.get((i * words.size()) / taken));
  }

  /**
   * What came of a sample.
   *
   * @param drawn of each word; empty where there were too few that could be read
   */
  record Result(List<DrawnText> drawn) {
    static final Result NONE = new Result(List.of());

    boolean isTold() {
      return !drawn.isEmpty();
    }

    boolean isBelieved() {
      long agreeing = drawn.stream().filter(DrawnText::agrees).count();
      return agreeing >= BELIEVED * drawn.size();
    }
  }
}
