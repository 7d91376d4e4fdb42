package dev.billstep.doctor;

import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.embedded.PartHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether the processes of a stack on this machine run, and stay up. */
public final class PartsExamination {

  /** Once may be an accident, twice bad luck. */
  private static final int OFTEN = 3;

  private static final Duration LATELY = Duration.ofMinutes(10);

  private static final String REMEDY =
    "look at the logs below .billstep/runs; if it does not come back by itself: billstep down, billstep up";

  private PartsExamination() {}

  public static List<Diagnosis> of(List<PartHealth> parts, Instant now) {
    return parts
      .stream()
      .map(part -> new Diagnosis(part.name(), finding(part, now)))
      .toList();
  }

  private static Finding finding(PartHealth part, Instant now) {
    if (!part.isUp()) {
      var since = "down for %d s".formatted(Duration.between(part.since(), now).toSeconds());
      var reason = part.down().orElse("its process has ended");
      return new Fault("%s: %s".formatted(since, reason), REMEDY);
    }
    if (part.restarts() >= OFTEN && part.since().isAfter(now.minus(LATELY))) {
      return new Fault(
        "it has died %d times, and was started again each time".formatted(part.restarts()),
        REMEDY
      );
    }
    return new Sound(
      part.restarts() == 0 ? "up" : "up; it has died and was started again: " + part.restarts()
    );
  }
}
