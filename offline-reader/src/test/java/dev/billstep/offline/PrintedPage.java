package dev.billstep.offline;

import dev.billstep.page.Word;
import java.util.ArrayList;

/** Makes the layout of a page from text: a line a row, and {@code |} between the cells. */
final class PrintedPage {

  private static final double LINE = 40;
  private static final double HEIGHT = 24;
  private static final double CHARACTER = 12;
  private static final double COLUMN = 260;

  private PrintedPage() {}

  static Layout of(String page) {
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
    return Layout.of(words);
  }
}
