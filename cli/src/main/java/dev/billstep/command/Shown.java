package dev.billstep.command;

import dev.billstep.embedded.PartHealth;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How values are shown to people. */
final class Shown {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Shown() {}

  /** In the reader's own time zone. */
  static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** Such as: 1 page, 2 pages. */
  static String count(long number, String one) {
    return number == 1 ? "1 " + one : number + " " + one + "s";
  }

  static String health(PartHealth part) {
    var since = time(part.since());
    var state = part.isUp()
      ? "up since " + since
      : "down since %s: %s".formatted(since, part.down().orElse("its process has ended"));
    return part.restarts() == 0
      ? state
      : "%s, started again %s".formatted(state, count(part.restarts(), "time"));
  }
}
