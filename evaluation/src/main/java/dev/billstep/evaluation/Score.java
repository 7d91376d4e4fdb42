package dev.billstep.evaluation;

/**
 * How often a field was right.
 *
 * @param right values that are as printed
 * @param wrong values that are not
 * @param missed printed values that were not read as they are: among them the wrong ones
 */
public record Score(int right, int wrong, int missed) {
  static final Score NONE = new Score(0, 0, 0);
  static final Score RIGHT = new Score(1, 0, 0);
  static final Score WRONG = new Score(0, 1, 1);
  static final Score MISSED = new Score(0, 0, 1);
  static final Score INVENTED = new Score(0, 1, 0);

  Score plus(Score other) {
    return new Score(right + other.right, wrong + other.wrong, missed + other.missed);
  }

  /** Of the values that were given, the share that is right. */
  public double precision() {
    return share(right, right + wrong);
  }

  /** Of the values that are printed, the share that was read. */
  public double recall() {
    return share(right, right + missed);
  }

  /** The harmonic mean of both. */
  public double f1() {
    return share(2 * right, 2 * right + wrong + missed);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }
}
