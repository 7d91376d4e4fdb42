package dev.billstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private final Attempts attempts = new Attempts(new Random(7));

  private Duration wait(int attempt) {
    return attempts.waitAfter(attempt, Optional.empty()).orElseThrow();
  }

  @Test
  void theyGoOnForThreeDaysAndThenEnd() {
    var all = IntStream.range(1, Attempts.MOST)
      .mapToObj(this::wait)
      .reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isBetween(Duration.ofHours(60), Duration.ofHours(91));
    assertThat(attempts.waitAfter(Attempts.MOST, Optional.empty())).isEmpty();
    assertThat(attempts.waitAfter(Attempts.MOST, Optional.of(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void noTwoWaitsAreTheSame() {
    assertThat(
      IntStream.range(0, 20)
        .mapToObj(each -> wait(4))
        .distinct()
        .count()
    ).isGreaterThan(15);
    assertThat(wait(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
  }

  @Test
  void whoAsksForALongerPauseGetsItUpToADay() {
    assertThat(attempts.waitAfter(1, Optional.of(Duration.ofMinutes(10)))).contains(
      Duration.ofMinutes(10)
    );
    assertThat(attempts.waitAfter(1, Optional.of(Duration.ofDays(9)))).contains(Duration.ofDays(1));
    assertThat(
      attempts.waitAfter(4, Optional.of(Duration.ofSeconds(1))).orElseThrow()
    ).isGreaterThan(Duration.ofHours(1));
  }
}
