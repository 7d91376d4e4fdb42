package dev.billstep.offline;

import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Joins the words of a text layer to the phrases that a reader sees. */
final class Phrases {

  /** Of the text's height: a wider gap is a new column. */
  private static final double WIDEST_SPACE = 0.7;

  private Phrases() {}

  static List<Word> join(List<Word> words) {
    var phrases = new ArrayList<Word>();
    for (var line : Lines.of(words)) {
      Word phrase = line.getFirst();
      for (var word : line.subList(1, line.size())) {
        if (word.x() - right(phrase) <= WIDEST_SPACE * phrase.height()) {
          phrase = joined(phrase, word);
        } else {
          phrases.add(phrase);
          phrase = word;
        }
      }
      phrases.add(phrase);
    }
    return phrases;
  }

  private static Word joined(Word left, Word right) {
    double top = Math.min(left.y(), right.y());
    double bottom = Math.max(left.y() + left.height(), right.y() + right.height());
    return new Word(
      left.text() + " " + right.text(),
      left.x(),
      top,
      right(right) - left.x(),
      bottom - top
    );
  }

  private static double right(Word word) {
    return word.x() + word.width();
  }

  /** Groups text into lines, by its middle; each line from left to right. */
  static final class Lines {

    /** Of the text's height: two middles closer than that are on one line. */
    private static final double SAME_LINE = 0.5;

    private Lines() {}

    static List<List<Word>> of(List<Word> words) {
      var byMiddle = words.stream().sorted(Comparator.comparingDouble(Lines::middle)).toList();
      var lines = new ArrayList<List<Word>>();
      double middle = 0;
      for (var word : byMiddle) {
        if (lines.isEmpty() || middle(word) - middle > SAME_LINE * word.height()) {
          lines.add(new ArrayList<>());
        }
        var line = lines.getLast();
        line.add(word);
        middle = line.stream().mapToDouble(Lines::middle).average().orElseThrow();
      }
      lines.forEach(line -> line.sort(Comparator.comparingDouble(Word::x)));
      return lines;
    }

    private static double middle(Word word) {
      return word.y() + word.height() / 2;
    }
  }
}
