package dev.billstep.embedded;

import dev.billstep.supabase.SupabaseLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How fast time passes for what the embedded stack waits for by the clock: between two attempts of a
 * state, for an answer of Supabase, until settings are read again. What is waited for in this way is
 * tested in a fraction of the time. Schedules, the functions' time limits and the times in the
 * database are those of the machine.
 *
 * @param times as fast as the machine's clock
 */
public record Pace(int times) {
  public static final Pace USUAL = new Pace(1);

  /** Tells the function host. */
  private static final String PROPERTY = "billstep.pace";

  static Pace ofSystemProperty() {
    return new Pace(Integer.getInteger(PROPERTY, USUAL.times));
  }

  /** As an argument of a JVM, for {@link #ofSystemProperty} there. */
  String argument() {
    return "-D%s=%d".formatted(PROPERTY, times);
  }

  /** How long something takes here that usually takes so long. */
  public Duration of(Duration usually) {
    return usually.dividedBy(times);
  }

  /** What the emulator multiplies its waits by. */
  double scale() {
    return 1.0 / times;
  }

  /** A clock of this pace, right at its start. */
  InstantSource clock() {
    var start = Instant.now();
    return () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(times));
  }

  SupabaseLimits supabaseLimits() {
    var usual = SupabaseLimits.DEFAULT;
    return new SupabaseLimits(
      of(usual.connect()),
      of(usual.request()),
      of(usual.total()),
      usual.attempts(),
      of(usual.firstDelay()),
      usual.requestBytes(),
      usual.pageRows()
    );
  }
}
