package dev.billstep.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Up to where pages were exported: given back, it is what comes after that.
 *
 * @param at when it was decided about the last one
 * @param id of its row
 */
public record Cursor(Instant at, UUID id) {
  private static final String BETWEEN = "/";

  /** As {@link #toString} writes it; empty where it is something else. */
  public static Optional<Cursor> of(String text) {
    int end = text.indexOf(BETWEEN);
    if (end < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
        new Cursor(Instant.parse(text.substring(0, end)), UUID.fromString(text.substring(end + 1)))
      );
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty(); // Whoever asked says so.
    }
  }

  @Override
  public String toString() {
    return at + BETWEEN + id;
  }
}
