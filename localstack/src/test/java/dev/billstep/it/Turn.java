package dev.billstep.it;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A class's turn on what it shares with others: classes run at once, but for those. */
record Turn(Semaphore shared) implements AutoCloseable {
  private static final Map<String, Semaphore> SHARED = new ConcurrentHashMap<>();

  /** Waits for it. */
  static Turn on(String shared) {
    var semaphore = SHARED.computeIfAbsent(shared, name -> new Semaphore(1, true));
    semaphore.acquireUninterruptibly();
    return new Turn(semaphore);
  }

  /** By JUnit, with the store of the class. */
  @Override
  public void close() {
    shared.release();
  }
}
