package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A part that is started while others are. It can be stopped from the first moment on. */
final class StartingPart<T extends AutoCloseable> implements AutoCloseable {

  private final FutureTask<T> start;

  private StartingPart(FutureTask<T> start) {
    this.start = start;
  }

  /** Begins to start it, and waits for nothing. */
  static <T extends AutoCloseable> StartingPart<T> start(Supplier<T> part) {
    var start = new FutureTask<T>(part::get);
    Thread.ofVirtual().name("start-a-part").start(start);
    return new StartingPart<>(start);
  }

  /**
   * Waits until it has started.
   *
   * @throws RuntimeException what kept it from starting
   */
  T started() {
    try {
      return start.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
        ? failure
        : new StackFailure("A part of the stack did not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("The start was interrupted.", e);
    }
  }

  /** Waits until it has started, and stops it; one that did not start has nothing to be stopped. */
  @Override
  public void close() {
    T part;
    try {
      part = start.get();
    } catch (ExecutionException itDidNotStart) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("The stop was interrupted while a part was starting.", e);
    }
    stop(part);
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new StackFailure("A part of the stack did not stop: " + e.getMessage(), e);
    }
  }
}
