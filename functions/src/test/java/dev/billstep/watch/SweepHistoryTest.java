package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.settings.SettingsSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepHistoryTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Rows history = new Rows();
  private final InMemoryRounds rounds = new InMemoryRounds();
  private Instant now = NOW;

  @Test
  void everyKindIsForgottenAfterItsOwnTime() {
    var swept = sweep();
    assertThat(swept.outcome()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(history.before).isEqualTo(
      Map.of(
        History.Kind.ATTEMPTS,
        NOW.minus(Duration.ofDays(180)),
        History.Kind.CALLS,
        NOW.minus(Duration.ofDays(400)),
        History.Kind.REVISIONS,
        NOW.minus(Duration.ofDays(730)),
        History.Kind.BREAKER_EVENTS,
        NOW.minus(Duration.ofDays(180)),
        History.Kind.SETTING_REVISIONS,
        NOW.minus(Duration.ofDays(730)),
        History.Kind.EVENTS,
        NOW.minus(Duration.ofDays(30)),
        History.Kind.STAGED,
        NOW
      )
    );
    assertThat(swept.forgotten()).containsEntry(History.Kind.CALLS, 1);
  }

  @Test
  void aLongHistoryTakesSeveralCalls() {
    history.portions = 100;
    assertThat(sweep().outcome()).isEqualTo(SweepOutcome.UNFINISHED);
    while (sweep().outcome() != SweepOutcome.FINISHED) {
      assertThat(history.asked).hasSizeLessThan(800);
    }
    assertThat(history.asked).hasSize(700).doesNotHaveDuplicates();
  }

  @Test
  void figuresAreAddedUpUntilThereIsNothingMore() {
    history.changes = 25_000;
    assertThat(sweep().changes()).isEqualTo(25_000);
    assertThat(history.changes).isZero();
  }

  private SweepHistory.Swept sweep() {
    return new SweepHistory(history, SettingsSamples.service(), rounds, () -> now).sweep();
  }

  /** History of as many portions a kind, one row to forget in each, that take four seconds. */
  private final class Rows implements History {

    private final Map<Kind, Instant> before = new EnumMap<>(Kind.class);
    private final List<String> asked = new ArrayList<>();
    private int portions = 1;
    private int changes;

    @Override
    public Portion forget(Kind kind, Instant earliest, Optional<String> after, int limit) {
      now = now.plusSeconds(4);
      before.put(kind, earliest);
      int portion = after.map(Integer::parseInt).orElse(0) + 1;
      asked.add(kind + " " + portion);
      return new Portion(
        portion < portions ? Optional.of(String.valueOf(portion)) : Optional.empty(),
        1
      );
    }

    @Override
    public int addUpFigures(int limit) {
      int added = Math.min(limit, changes);
      changes -= added;
      return added;
    }
  }
}
