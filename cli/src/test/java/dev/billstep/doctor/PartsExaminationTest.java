package dev.billstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.embedded.PartHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartsExaminationTest {

  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final long ALIVE = ProcessHandle.current().pid();
  private static final long DEAD = Long.MAX_VALUE;

  @Test
  void aPartThatRunsIsSoundAndSaysHowOftenItHasDied() {
    assertThat(finding(ALIVE, Duration.ofDays(1), 0, "")).isEqualTo(new Sound("up"));
    assertThat(finding(ALIVE, Duration.ofSeconds(5), 1, "")).isEqualTo(
      new Sound("up; it has died and was started again: 1")
    );
  }

  @Test
  void aPartThatIsDownIsAFaultWithItsTimeAndReason() {
    assertThat(finding(ALIVE, Duration.ofSeconds(40), 0, "the port is taken")).satisfies(found ->
      assertThat(((Fault) found).problem()).isEqualTo("down for 40 s: the port is taken")
    );
  }

  @Test
  void aProcessThatIsGoneIsAFaultBeforeAnybodyHasWrittenItDown() {
    assertThat(finding(DEAD, Duration.ofHours(1), 0, "")).isInstanceOf(Fault.class);
  }

  @Test
  void aPartThatDiesAgainAndAgainIsAFaultUntilItHasStayedUp() {
    assertThat(finding(ALIVE, Duration.ofMinutes(1), 3, "")).isInstanceOf(Fault.class);
    assertThat(finding(ALIVE, Duration.ofHours(1), 3, "")).isInstanceOf(Sound.class);
  }

  private static Finding finding(long pid, Duration ago, int restarts, String down) {
    var reason = Optional.of(down).filter(text -> !text.isEmpty());
    var health = new PartHealth("The function host", pid, NOW.minus(ago), restarts, reason);
    return PartsExamination.of(List.of(health), NOW).getFirst().finding();
  }
}
