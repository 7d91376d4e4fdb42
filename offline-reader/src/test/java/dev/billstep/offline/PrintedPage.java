package dev.billstep.offline;

import dev.billstep.offline.tokens.Piece;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes pages from text. */
public final class PrintedPage {

  private static final double LINE = 40;
  private static final double HEIGHT = 24;
  private static final double CHARACTER = 12;
  private static final double COLUMN = 260;
  private static final Pattern WORD = Pattern.compile("\\S+");

  private PrintedPage() {}

  /** A line a row, and {@code |} between the cells. */
  public static Sheet of(String page) {
    return Sheet.of(cells(page));
  }

  /** The same as OCR has read it, each of its characters so certain. */
  public static Sheet recognised(String page, double certainty) {
    return Sheet.ofOcr(
      cells(page)
        .stream()
        .map(cell -> new Piece(cell, cell, certainty, (int) cell.y()))
        .toList()
    );
  }

  private static List<Word> cells(String page) {
    var words = new ArrayList<Word>();
    double y = 0;
    for (var line : page.lines().toList()) {
      double x = 0;
      for (var cell : line.split("\\|", -1)) {
        if (!cell.isBlank()) {
          var text = cell.strip();
          words.add(new Word(text, x, y, CHARACTER * text.length(), HEIGHT));
        }
        x = Math.max(x + COLUMN, x + CHARACTER * (cell.length() + 4));
      }
      y += LINE;
    }
    return words;
  }

  /** As it stands there, in letters of one width. */
  public static Sheet aligned(String page) {
    return Sheet.of(words(page));
  }

  /** The words of a page as it stands there. */
  public static List<Word> words(String page) {
    var words = new ArrayList<Word>();
    double y = 0;
    for (var line : page.lines().toList()) {
      var word = WORD.matcher(line);
      while (word.find()) {
        double width = CHARACTER * word.group().length() - 1;
        words.add(new Word(word.group(), CHARACTER * word.start(), y, width, 0.9 * HEIGHT));
      }
      y += 1.25 * HEIGHT;
    }
    return words;
  }
}
