package dev.billstep.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Does things while the next ones are made ready, as many at once as there is memory for. Whoever adds
 * one waits while there is none.
 */
final class AtOnce<T> implements AutoCloseable {

  /** The unit of memory: what is counted must fit a semaphore. */
  private static final int KIBIBYTE = 1024;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CompletableFuture<T>> results = new ArrayList<>();
  private final Semaphore room;
  private final int most;
  private volatile boolean hasFailed;

  /**
   * Has nothing to do yet.
   *
   * @param mostBytes that things under way may take together; one that takes more is alone
   */
  AtOnce(long mostBytes) {
    this.most = Math.toIntExact(Math.max(1, mostBytes / KIBIBYTE));
    this.room = new Semaphore(most);
  }

  /**
   * Begins something. Throws what an earlier thing has failed of: nobody wants any more of them.
   *
   * @param bytes that it takes until it is done
   */
  void add(long bytes, Supplier<T> thing) {
    if (hasFailed) {
      results();
    }
    int share = Math.clamp(bytes / KIBIBYTE, 1, most);
    room.acquireUninterruptibly(share);
    var result = CompletableFuture.supplyAsync(thing, threads);
    results.add(
      result.whenComplete((_, failure) -> {
        hasFailed |= failure != null;
        room.release(share);
      })
    );
  }

  /** What has come of all, as they were added; throws what the first of them has failed of. */
  List<T> results() {
    return results.stream().map(AtOnce::result).toList();
  }

  /** What has come of the first of them, up to one that is not done. */
  List<T> firstResults() {
    return results
      .stream()
      .takeWhile(result -> result.state() == Future.State.SUCCESS)
      .map(CompletableFuture::resultNow)
      .toList();
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new AssertionError("A supplier throws nothing else", e);
      }
    }
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    threads.close();
  }
}
