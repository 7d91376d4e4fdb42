package dev.billstep.page;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Splits on a thread of its own and looks at the budget from outside: a decoder that hangs asks
 * nobody. Its thread is told to stop and left behind; the document is refused.
 */
final class WatchedSplitter implements DocumentSplitter {

  private static final Logger LOG = LogManager.getLogger(WatchedSplitter.class);

  /** For what is under way when the budget is spent, such as an image that is being decoded. */
  static final Duration GRACE = Duration.ofSeconds(15);

  private final BudgetedSplitter splitter;
  private final Supplier<Budget> budgets;
  private final Duration grace;

  WatchedSplitter(BudgetedSplitter splitter, Supplier<Budget> budgets) {
    this(splitter, budgets, GRACE);
  }

  /**
   * Makes a splitter that waits for another one.
   *
   * @param budgets a budget for each document
   * @param grace how long after the budget is spent the other one may go on
   */
  WatchedSplitter(BudgetedSplitter splitter, Supplier<Budget> budgets, Duration grace) {
    this.splitter = splitter;
    this.budgets = budgets;
    this.grace = grace;
  }

  @Override
  public void split(Path file, SplitLimits limits, PageSink sink) throws IOException {
    var budget = budgets.get();
    var isAbandoned = new AtomicBoolean();
    var ended = new CompletableFuture<@Nullable Throwable>();
    var thread = Thread.ofPlatform()
      .daemon()
      .name("split")
      .start(() -> {
        Throwable failure = null;
        try {
          splitter.split(file, limits, budget, whileWaitedFor(sink, isAbandoned));
        } catch (Throwable e) {
          failure = e; // An Error has to reach who waits, too.
        }
        ended.complete(failure);
      });
    var failure = await(ended, budget, thread);
    isAbandoned.set(true);
    rethrow(failure);
  }

  /** Nobody takes a page of a document that was refused meanwhile. */
  private static PageSink whileWaitedFor(PageSink sink, AtomicBoolean isAbandoned) {
    return new PageSink() {
      @Override
      public void accept(SplitPage page) {
        if (isAbandoned.get()) {
          throw new UploadRejected.TooMuchWork();
        }
        sink.accept(page);
      }

      @Override
      public void begin(int pageCount) {
        sink.begin(pageCount);
      }

      @Override
      public int first() {
        return sink.first();
      }

      @Override
      public boolean wantsMore() {
        return sink.wantsMore();
      }
    };
  }

  private @Nullable Throwable await(
    CompletableFuture<@Nullable Throwable> ended,
    Budget budget,
    Thread thread
  ) {
    for (var left = budget.left(); !left.plus(grace).isNegative(); left = budget.left()) {
      try {
        return ended.get(left.plus(grace).toMillis() + 1, TimeUnit.MILLISECONDS);
      } catch (TimeoutException anotherPageMayHaveBegunMeanwhile) {
        // Then there is time left.
      } catch (ExecutionException e) {
        throw new AssertionError("It completes with a value", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return abandon(thread);
  }

  private static UploadRejected abandon(Thread thread) {
    thread.interrupt();
    var where = new Exception("It hangs here");
    where.setStackTrace(thread.getStackTrace());
    LOG.error(
      "A document hangs in a decoder: its thread is left behind until the process ends",
      where
    );
    return new UploadRejected.TooMuchWork();
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {
      }
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError("Nothing else can be thrown", failure);
    }
  }
}
