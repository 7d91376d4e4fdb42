package dev.billstep.watch;

import dev.billstep.settings.RetentionSettings;
import dev.billstep.settings.SettingsService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keeps the database from growing with what is over: once a day it forgets history that is older than
 * the setting {@code retention} says, in small portions; at every call it adds up the figures.
 */
public final class SweepHistory {

  /** As its rounds are kept and measured. */
  public static final String NAME = "history";

  /** Its function's limit: no other call goes on before. */
  public static final Duration LONGEST = Duration.ofMinutes(4);

  private static final SweepCall.Pace PACE = new SweepCall.Pace(
    NAME,
    Duration.ofMinutes(2),
    LONGEST,
    Duration.ofDays(1)
  );

  /** Long enough to send again what a receiver has lost; of no use to anybody after that. */
  private static final int EVENT_DAYS = 30;

  /** Of rows that one transaction looks at: some milliseconds. */
  private static final int PORTION = 1_000;

  /** Of changes that one transaction adds up. */
  private static final int CHANGES = 10_000;

  private final History history;
  private final SettingsService settings;
  private final SweepRounds rounds;
  private final InstantSource clock;

  public SweepHistory(
    History history,
    SettingsService settings,
    SweepRounds rounds,
    InstantSource clock
  ) {
    this.history = history;
    this.settings = settings;
    this.rounds = rounds;
    this.clock = clock;
  }

  /** Adds up, then goes on with the day's round, or begins it. */
  public Swept sweep() {
    int changes = addUp();
    var forgotten = new EnumMap<History.Kind, Integer>(History.Kind.class);
    var now = clock.instant();
    var parts = Stream.of(History.Kind.values())
      .map(kind -> part(kind, now, forgotten))
      .toList();
    var outcome = new SweepCall(rounds, PACE, clock).run(parts, () -> false);
    return new Swept(changes, Map.copyOf(forgotten), outcome);
  }

  private int addUp() {
    int sum = 0;
    int changes;
    do {
      changes = history.addUpFigures(CHANGES);
      sum += changes;
    } while (changes == CHANGES);
    return sum;
  }

  private SweepCall.Part part(
    History.Kind kind,
    Instant now,
    Map<History.Kind, Integer> forgotten
  ) {
    return new SweepCall.Part(kind.name().toLowerCase(Locale.ROOT), after -> {
      var before = now.minus(Duration.ofDays(days(kind, settings.retention())));
      var portion = history.forget(kind, before, after, PORTION);
      forgotten.merge(kind, portion.forgotten(), Integer::sum);
      return portion.last();
    });
  }

  private static int days(History.Kind kind, RetentionSettings retention) {
    return switch (kind) {
      case ATTEMPTS -> retention.attemptDays();
      case CALLS -> retention.callDays();
      case REVISIONS -> retention.revisionDays();
      case BREAKER_EVENTS -> retention.breakerEventDays();
      case SETTING_REVISIONS -> retention.settingRevisionDays();
      case EVENTS -> EVENT_DAYS;
      case STAGED -> 0;
    };
  }

  /**
   * What was done.
   *
   * @param changes of figures that were added up
   * @param forgotten how many rows, by kind
   * @param outcome whether the day's round has been through everything
   */
  public record Swept(int changes, Map<History.Kind, Integer> forgotten, SweepOutcome outcome) {}
}
