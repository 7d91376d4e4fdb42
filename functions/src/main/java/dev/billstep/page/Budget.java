package dev.billstep.page;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What splitting one document may take. A thread can't be stopped from outside, so whatever draws
 * asks here at every step, and ends by itself once a page or the document has had its share.
 */
final class Budget {

  /** A bill's page takes a second or two to draw, and some ten thousand steps. */
  static final Shares SHARES = new Shares(
    Duration.ofSeconds(20),
    Duration.ofMinutes(14),
    3_000_000,
    20,
    1
  );

  /** Steps for what is drawn inside of something else: a stream to parse, a state to keep. */
  static final int NESTED = 50;

  private final Shares shares;
  private final LongSupplier nanos;
  private final long documentEnds;
  private volatile long pageEnds;
  private int page;
  private long steps;
  private int nested;
  private int pagesOver;

  Budget() {
    this(SHARES, System::nanoTime);
  }

  /**
   * Starts the document's time.
   *
   * @param nanos a clock that only differences are taken of
   */
  Budget(Shares shares, LongSupplier nanos) {
    this.shares = shares;
    this.nanos = nanos;
    this.documentEnds = nanos.getAsLong() + shares.document().toNanos();
    startPage(1);
  }

  /** Gives a page its own share. */
  void startPage(int number) {
    page = number;
    steps = 0;
    nested = 0;
    pageEnds = nanos.getAsLong() + shares.page().toNanos();
  }

  /**
   * Takes some of the page's share.
   *
   * @param count of steps; one is what an operator takes
   * @throws PageUndrawable.TooMuchWork when the page has had its share
   * @throws UploadRejected.TooMuchWork when the document has, or several pages of it
   */
  void spend(int count) {
    steps += count;
    long now = nanos.getAsLong();
    if (now - documentEnds > 0) {
      throw new UploadRejected.TooMuchWork();
    }
    if (steps > shares.steps() || now - pageEnds > 0) {
      pagesOver++;
      if (pagesOver > shares.pagesOver()) {
        throw new UploadRejected.TooMuchWork();
      }
      throw new PageUndrawable.TooMuchWork(page);
    }
  }

  /** Whether something may be drawn inside of what is being drawn. Where so, {@link #leave} ends it. */
  boolean enter() {
    if (nested == shares.depth()) {
      return false;
    }
    nested++;
    return true;
  }

  void leave() {
    nested--;
  }

  /** How long until the page or the document has had its time, and should have noticed. */
  Duration left() {
    return Duration.ofNanos(Math.min(pageEnds, documentEnds) - nanos.getAsLong());
  }

  /**
   * The shares.
   *
   * @param page the time of one page
   * @param document the time of all of them, below that of the function
   * @param steps of one page: operators, glyphs, reads of a file
   * @param depth how many forms, glyphs and patterns may be drawn inside of each other
   * @param pagesOver that may take more than their share before the document is given up
   */
  record Shares(Duration page, Duration document, long steps, int depth, int pagesOver) {}
}
