package dev.billstep.watch;

import dev.billstep.failure.PermanentFailure;

/** Another call holds the sweep by now: this one has taken longer than it may. */
public final class SweepLost extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public SweepLost(String sweep) {
    super("Another call goes on with the sweep of %s: this one took too long.".formatted(sweep));
  }
}
