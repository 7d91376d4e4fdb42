package dev.billstep.chat;

import java.time.Duration;

/** Lets time go by. */
@FunctionalInterface
interface Pause {
  /** Of this thread. */
  Pause SLEEP = duration -> {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  };

  /** Returns when it is over, or when the thread is interrupted, which it then still is. */
  void take(Duration duration);
}
