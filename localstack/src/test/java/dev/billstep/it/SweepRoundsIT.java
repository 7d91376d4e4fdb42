package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.job.JobId;
import dev.billstep.supabase.SupabaseJobStore;
import dev.billstep.supabase.SupabaseSweepRounds;
import dev.billstep.watch.SweepLost;
import dev.billstep.watch.SweepRounds;
import dev.billstep.watch.SweepRounds.Held;
import dev.billstep.watch.SweepRounds.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How far a sweep is, in the database. */
@ExtendWith(OnEmbeddedDatabase.class)
class SweepRoundsIT {

  private static final Duration CALL = Duration.ofMinutes(15);

  private final EmbeddedDatabase database;
  private final SweepRounds rounds;
  private final String sweep = "test." + UUID.randomUUID();

  SweepRoundsIT(EmbeddedDatabase database) {
    this.database = database;
    this.rounds = new SupabaseSweepRounds(database.supabase());
  }

  @Test
  void theNextCallGoesOnWhereTheLastOneStopped() throws SQLException {
    var first = hold();
    assertThat(first.place()).isEmpty();
    assertThat(first.age()).isZero();
    rounds.move(first, new Place("pages", Optional.of("jobs/7")));
    rounds.leave(first, false);
    anHourLater();

    var second = hold();
    assertThat(second.place()).contains(new Place("pages", Optional.of("jobs/7")));
    assertThat(second.age()).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    rounds.move(second, new Place("uploads", Optional.empty()));
    rounds.leave(second, true);

    var next = hold();
    assertThat(next.place()).isEmpty();
    assertThat(next.age()).isZero();
  }

  @Test
  void oneCallAtATimeHasIt() {
    hold();
    assertThat(rounds.hold(sweep, CALL, Duration.ZERO)).isEmpty();
  }

  /** It was killed, or thought to be: what it says now is no longer true. */
  @Test
  void aCallThatTookTooLongNotesNothingMore() throws SQLException {
    var slow = hold();
    anHourLater();
    var next = hold();
    rounds.move(next, new Place("pages", Optional.of("jobs/9")));
    assertThatThrownBy(() -> rounds.move(slow, new Place("pages", Optional.of("jobs/1"))))
      .isInstanceOf(SweepLost.class)
      .hasMessageContaining(sweep);
    assertThatThrownBy(() -> rounds.leave(slow, true)).isInstanceOf(SweepLost.class);
    rounds.leave(next, false);
    assertThat(hold().place()).contains(new Place("pages", Optional.of("jobs/9")));
  }

  @Test
  void aRoundThatIsFinishedRestsUntilItsTimeComes() throws SQLException {
    var day = Duration.ofDays(1);
    rounds.leave(rounds.hold(sweep, CALL, day).orElseThrow(), true);
    assertThat(rounds.hold(sweep, CALL, day)).isEmpty();
    for (int hour = 0; hour < 24; hour++) {
      anHourLater();
    }
    assertThat(rounds.hold(sweep, CALL, day)).isPresent();
  }

  @Test
  void whoAsksAgainBecauseTheAnswerWasLostHasIt() {
    var arguments = Map.of("p_sweep", sweep, "p_token", "t", "p_seconds", 60);
    var supabase = database.supabase();
    assertThat(supabase.call("hold_sweep", arguments).isObject()).isTrue();
    assertThat(supabase.call("hold_sweep", arguments).isObject()).isTrue();
  }

  @Test
  void jobsAreGoneThroughWithoutLeavingOneOut() throws SQLException {
    var made = IntStream.range(0, 25)
      .mapToObj(index -> TestJob.uploaded(database.supabase()).id().toString())
      .sorted()
      .toList();
    var store = new SupabaseJobStore(database.supabase());
    var now = Instant.now();
    var found = new ArrayList<String>();
    Optional<JobId> after = Optional.empty();
    do {
      var portion = store.unstarted(now.minusSeconds(3600), now.plusSeconds(60), after, 10);
      portion.forEach(job -> found.add(job.jobId().toString()));
      after = portion.isEmpty() ? Optional.empty() : Optional.of(portion.getLast().jobId());
    } while (after.isPresent());
    assertThat(found).isSorted().doesNotHaveDuplicates().containsAll(made);

    var in = "'" + String.join("','", made) + "'";
    TestDatabase.sql(
      database,
      """
      UPDATE "JobThread" SET status = 'processing', started_at = now(), execution = 'dead',
        run_token = 'dead#1', lease_until = now() - interval '1 hour'
      WHERE id IN (%s)
      """.formatted(in)
    );
    assertThat(restartable(store, made)).isEqualTo(made);
  }

  private static List<String> restartable(SupabaseJobStore store, List<String> made) {
    var found = new ArrayList<String>();
    Optional<JobId> after = Optional.empty();
    do {
      var portion = store.restartable(after, 10);
      portion.stream().map(JobId::toString).filter(made::contains).forEach(found::add);
      after = portion.isEmpty() ? Optional.empty() : Optional.of(portion.getLast());
    } while (after.isPresent());
    return found;
  }

  private Held hold() {
    return rounds.hold(sweep, CALL, Duration.ZERO).orElseThrow();
  }

  private void anHourLater() throws SQLException {
    TestDatabase.sql(
      database,
      """
      UPDATE "SweepRound" SET held_until = held_until - interval '1 hour',
        began_at = began_at - interval '1 hour', finished_at = finished_at - interval '1 hour'
      WHERE sweep = '%s'
      """.formatted(sweep)
    );
  }
}
