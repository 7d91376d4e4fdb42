package dev.billstep.page;

import java.util.concurrent.Semaphore;

/**
 * Bounds how many pages' pixels a process has in memory at once: as many as it has cores, since more
 * would wait for each other all the same. A page of A4 takes 26 MB at 300 dpi in colours. A function
 * of its own has one at a time anyway; on one machine all functions share a process.
 */
public final class PixelTurns {

  private static final Semaphore TURNS = new Semaphore(Runtime.getRuntime().availableProcessors());

  private PixelTurns() {}

  /**
   * Does work on the pixels of a page when it is its turn. The work must not wait for another's turn.
   *
   * @throws E what the work throws
   */
  public static <T, E extends Exception> T take(Work<T, E> work) throws E {
    TURNS.acquireUninterruptibly();
    try {
      return work.done();
    } finally {
      TURNS.release();
    }
  }

  /** What is done with a page's pixels. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** What comes of it. */
    T done() throws E;
  }
}
