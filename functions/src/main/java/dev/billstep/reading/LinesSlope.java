package dev.billstep.reading;

import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far the lines of a page that was laid askew go down to the right. On a wide page a slope of one
 * degree puts a row's last cell beside the row above.
 *
 * @param fall pixels down for each pixel to the right
 */
record LinesSlope(double fall) {
  /** Below it a line stays within itself from one edge of the page to the other. */
  private static final double LEVEL = 0.002;

  /** Of a word's height: what stands further off its neighbour is of another line. */
  private static final double STEP = 0.5;

  /** Of a word's height: a line that is shorter says little of its slope. */
  private static final double SHORTEST = 8;

  /**
   * The slope of most lines, by their length.
   *
   * @param words in reading order
   */
  static LinesSlope of(List<Word> words) {
    var lines = new ArrayList<Line>();
    int first = 0;
    for (int next = 1; next <= words.size(); next++) {
      if (next == words.size() || !follows(words.get(next - 1), words.get(next))) {
        lines.add(new Line(words.get(first), words.get(next - 1)));
        first = next;
      }
    }
    lines.removeIf(line -> line.length() < SHORTEST * line.first().height());
    lines.sort(Comparator.comparingDouble(Line::fall));
    double left = lines.stream().mapToDouble(Line::length).sum() / 2;
    for (var line : lines) {
      left -= line.length();
      if (left <= 0) {
        return new LinesSlope(Math.abs(line.fall()) < LEVEL ? 0 : line.fall());
      }
    }
    return new LinesSlope(0);
  }

  private static boolean follows(Word word, Word next) {
    return (
      next.x() > word.x() &&
      Math.abs(PrintedFields.middle(next) - PrintedFields.middle(word)) <
        STEP * Math.min(word.height(), next.height()) + LEVEL * (next.x() - word.x())
    );
  }

  /** Where a word would be if the page lay straight. */
  Word straight(Word word) {
    return at(word, word.y() - fall * centre(word), word.height());
  }

  /** Around where words are that would be there if it lay straight. */
  Word askew(Word straight) {
    double most = (Math.abs(fall) * straight.width()) / 2;
    return at(
      straight,
      straight.y() + fall * centre(straight) - most,
      straight.height() + 2 * most
    );
  }

  private static Word at(Word word, double y, double height) {
    return new Word(word.text(), word.x(), y, word.width(), height);
  }

  private static double centre(Word word) {
    return word.x() + word.width() / 2;
  }

  private record Line(Word first, Word last) {
    double length() {
      return centre(last) - centre(first);
    }

    double fall() {
      return (PrintedFields.middle(last) - PrintedFields.middle(first)) / length();
    }
  }
}
