package dev.billstep.evaluation;

import java.util.List;

/**
 * How far a page that asks for no review can be believed.
 *
 * @param unflagged pages that ask for none
 * @param pages all pages
 * @param right identifying values of the unflagged pages that are as printed
 * @param wrong those that are not, or are missing
 */
public record Trust(int unflagged, int pages, int right, int wrong) {
  static Trust of(List<PageScore> pages) {
    var unflagged = pages
      .stream()
      .filter(page -> !page.isFlagged())
      .toList();
    var score = unflagged.stream().map(PageScore::identifying).reduce(Score.NONE, Score::plus);
    return new Trust(unflagged.size(), pages.size(), score.right(), score.missed());
  }

  /** Of the unflagged pages' identifying values, those that are as printed. */
  public double share() {
    return right + wrong == 0 ? 1 : (double) right / (right + wrong);
  }

  /** The share of pages that ask for no review. */
  public double coverage() {
    return pages == 0 ? 1 : (double) unflagged / pages;
  }

  String text() {
    return "Not flagged: %d of %d pages, on which %d of %d identifying values are right (%.1f %%)".formatted(
      unflagged,
      pages,
      right,
      right + wrong,
      100 * share()
    );
  }
}
