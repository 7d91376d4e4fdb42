package dev.billstep.offline.bills;

import dev.billstep.offline.tokens.Box;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Amounts below each other. One of them that those above it make is a total, whatever word stands
 * beside it; so is the greatest one where it is printed twice.
 */
final class Ladder {

  /** One amount above makes the next one by being it. */
  private static final int FEWEST_PARTS = 2;

  private final List<Sum> amounts;

  /**
   * Looks at amounts.
   *
   * @param amounts as they are printed
   */
  Ladder(List<Sum> amounts) {
    this.amounts = amounts
      .stream()
      .filter(amount -> amount.words().isPresent())
      .sorted(Comparator.comparingDouble(amount -> box(amount).middle()))
      .toList();
  }

  /** The greatest total. */
  Optional<Sum> total() {
    return amounts
      .stream()
      .filter(amount -> amount.value().signum() > 0)
      .filter(amount -> isMade(amount) || isGreatestTwice(amount))
      .max(Comparator.comparing(Sum::value).thenComparingDouble(amount -> box(amount).middle()));
  }

  private boolean isMade(Sum total) {
    var above = amounts
      .stream()
      .filter(amount -> box(amount).middle() < box(total).top())
      .filter(amount -> isInColumn(amount, total))
      .toList()
      .reversed();
    var made = BigDecimal.ZERO;
    int parts = 0;
    for (var amount : above) {
      made = made.add(amount.value());
      parts += amount.value().signum() == 0 ? 0 : 1;
      if (parts >= FEWEST_PARTS && made.compareTo(total.value()) == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isGreatestTwice(Sum total) {
    return (
      amounts.stream().noneMatch(amount -> amount.value().compareTo(total.value()) > 0) &&
      amounts
        .stream()
        .filter(amount -> amount.value().compareTo(total.value()) == 0)
        .count() > 1
    );
  }

  /** Amounts of a column end at the same place. */
  private static boolean isInColumn(Sum amount, Sum other) {
    return Math.abs(box(amount).right() - box(other).right()) < box(other).height();
  }

  private static Box box(Sum amount) {
    return amount.words().orElseThrow().box();
  }
}
