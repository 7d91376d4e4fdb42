package dev.billstep.supabase;

import java.time.Duration;

/**
 * How long a request may take, and how much it may carry.
 *
 * @param connect until there is a connection
 * @param request until the answer is there, whole
 * @param total with all its repetitions
 * @param attempts at most
 * @param firstDelay before the first repetition, doubled for each further one
 * @param requestBytes of rows in one request; more go in several
 * @param pageRows to ask for at once; PostgREST may give fewer
 */
public record SupabaseLimits(
  Duration connect,
  Duration request,
  Duration total,
  int attempts,
  Duration firstDelay,
  int requestBytes,
  int pageRows
) {
  /** A few tries for a hiccup; an outage is the state machine's to wait out. */
  public static final SupabaseLimits DEFAULT = new SupabaseLimits(
    Duration.ofSeconds(5),
    Duration.ofSeconds(20),
    Duration.ofSeconds(45),
    3,
    Duration.ofMillis(200),
    4 * 1024 * 1024,
    1_000
  );
}
