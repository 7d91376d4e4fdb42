package dev.billstep.lab;

import java.time.Duration;

/**
 * With a model that does not answer, or takes no more calls for now.
 *
 * @param tries before it is out
 * @param firstWait between two; twice as long each time
 */
public record Patience(int tries, Duration firstWait, Duration longestWait) {
  public static final Patience USUAL = new Patience(
    6,
    Duration.ofSeconds(2),
    Duration.ofSeconds(60)
  );
}
