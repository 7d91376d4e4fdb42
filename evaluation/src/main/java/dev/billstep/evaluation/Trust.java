package dev.billstep.evaluation;

/**
 * How far a page that asks for no review can be believed.
 *
 * @param unflagged pages that ask for none
 * @param pages all pages
 * @param right identifying values of the unflagged pages that are as printed
 * @param wrong those that are not, or are missing
 */
public record Trust(int unflagged, int pages, int right, int wrong) {
  static final Trust NONE = new Trust(0, 0, 0, 0);

  /**
   * With one more page.
   *
   * @param before the identifying fields' score without the page, {@code after} with it
   */
  Trust plus(boolean isFlagged, Score before, Score after) {
    return isFlagged
      ? new Trust(unflagged, pages + 1, right, wrong)
      : new Trust(
          unflagged + 1,
          pages + 1,
          right + after.right() - before.right(),
          wrong + after.missed() - before.missed()
        );
  }

  /** Of the unflagged pages' identifying values, those that are as printed. */
  public double share() {
    return right + wrong == 0 ? 1 : (double) right / (right + wrong);
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
