package dev.billstep.lab;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What may be spent. A call is made only where its worst case fits, with the worst cases of all calls
 * that are under way: whatever they turn out to cost, the limit holds. What a call of an earlier
 * run may have cost counts, too.
 */
final class Purse {

  private final Optional<BigDecimal> limit;
  private final CallJournal journal;
  private BigDecimal spent;
  private BigDecimal underWay = BigDecimal.ZERO;
  private Optional<LimitReached> closed = Optional.empty();

  /**
   * Opens it.
   *
   * @param limit in US dollars; none for no limit
   * @param counts of the calls that were made before, those that the limit is for
   */
  Purse(Optional<BigDecimal> limit, CallJournal journal, Predicate<NotedCall> counts) {
    this.limit = limit;
    this.journal = journal;
    this.spent = journal
      .calls()
      .stream()
      .filter(counts)
      .map(NotedCall::possibleUsd)
      .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Sets aside what a call may cost, as soon as that is there.
   *
   * @return the call's id, for {@link #settle}
   * @throws LimitReached where it does not fit, however little those under way cost; then none does
   *     from now on
   */
  synchronized String reserve(String contender, String document, String step, BigDecimal most) {
    try {
      while (limit.isPresent() && closed.isEmpty() && !fits(spent.add(underWay), most)) {
        if (fits(spent, most)) {
          wait(); // Until one that is under way has cost less than it might have.
        } else {
          closed = Optional.of(new LimitReached(limit.get(), spent, most));
          notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while calls were under way", e);
    }
    if (closed.isPresent()) {
      throw closed.get();
    }
    underWay = underWay.add(most);
    var id = UUID.randomUUID().toString();
    journal.about(new NotedCall(id, contender, document, step, most, Optional.empty()));
    return id;
  }

  private boolean fits(BigDecimal already, BigDecimal most) {
    return already.add(most).compareTo(limit.orElseThrow()) <= 0;
  }

  /** Gives back what was set aside for a call, but for what it has cost. */
  synchronized void settle(String id, BigDecimal most, NotedCall.Answer answer) {
    underWay = underWay.subtract(most);
    spent = spent.add(answer.usd().orElse(most));
    journal.ended(id, answer);
    notifyAll();
  }

  /** What may have been spent, in US dollars. */
  synchronized BigDecimal spent() {
    return spent;
  }

  /** Why nothing more is spent, where that is so. */
  synchronized Optional<LimitReached> closed() {
    return closed;
  }
}
