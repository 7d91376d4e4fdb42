package dev.billstep.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When an event is tried again: over three days, so that a receiver may be down from Friday to Monday. The
 * schedule of the Standard Webhooks specification (1.0.0, "Deliverability and reliability"), without its
 * five seconds: events are looked for once a minute.
 */
public final class Attempts {

  private static final List<Duration> WAITS = List.of(
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(2),
    Duration.ofHours(5),
    Duration.ofHours(10),
    Duration.ofHours(14),
    Duration.ofHours(20),
    Duration.ofHours(24)
  );

  /** Of an event, the first one included. */
  public static final int MOST = WAITS.size() + 1;

  /** Whoever asks to be left alone for longer is told again all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  /** Part of a wait that it may be longer or shorter by: what failed together is not tried again together. */
  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  public Attempts(RandomGenerator random) {
    this.random = random;
  }

  /**
   * How long to wait after an attempt that failed; empty after the last.
   *
   * @param attempt from 1
   * @param asked by the receiver, at least
   */
  public Optional<Duration> waitAfter(int attempt, Optional<Duration> asked) {
    if (attempt >= MOST) {
      return Optional.empty();
    }
    var usual = WAITS.get(attempt - 1).toMillis();
    var wait = Duration.ofMillis(Math.round(usual * random.nextDouble(1 - JITTER, 1 + JITTER)));
    return asked
      .map(least -> least.compareTo(LONGEST_ASKED) < 0 ? least : LONGEST_ASKED)
      .filter(least -> least.compareTo(wait) > 0)
      .or(() -> Optional.of(wait));
  }
}
