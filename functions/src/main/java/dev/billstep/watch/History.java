package dev.billstep.watch;

import java.time.Instant;
import java.util.Optional;

/** Port: what the database has kept of before, and the figures that it adds up. */
public interface History {
  /**
   * Forgets what is old, in the next portion of a kind.
   *
   * @param before what ended before then is old
   * @param after where the last portion ended; empty for the first
   */
  Portion forget(Kind kind, Instant before, Optional<String> after, int limit);

  /** Adds up what was counted since, as much as a limit allows; says how many changes there were. */
  int addUpFigures(int limit);

  /** What there is history of; see {@code RetentionSettings}. */
  enum Kind {
    ATTEMPTS,
    CALLS,
    REVISIONS,
    BREAKER_EVENTS,
    SETTING_REVISIONS,
    /** That were sent or given up. */
    EVENTS,
    /** What runs have put aside that are no longer there to take it over. */
    STAGED,
  }

  /**
   * Some of a kind.
   *
   * @param last that was looked at; empty where there is no more
   * @param forgotten how many rows
   */
  record Portion(Optional<String> last, int forgotten) {}
}
