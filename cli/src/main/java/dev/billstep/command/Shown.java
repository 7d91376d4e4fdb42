package dev.billstep.command;

import dev.billstep.embedded.PartHealth;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How values are shown to people. */
final class Shown {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
    "yyyy-MM-dd'T'HH:mm:ss.SSS"
  );

  /** Characters of a job's id that tell it from others. */
  static final int ID = 8;

  private static final int LONGEST_SENTENCE = 80;

  private Shown() {}

  /** A time of the database, in the reader's own time zone; empty for none. */
  static String time(String ofDatabase) {
    return ofDatabase.isEmpty() ? "" : time(OffsetDateTime.parse(ofDatabase).toInstant());
  }

  /** As {@link #time(String)}, to the millisecond: of what happens many times in a second. */
  static String moment(String ofDatabase) {
    return ofDatabase.isEmpty()
      ? ""
      : MOMENT.format(OffsetDateTime.parse(ofDatabase).toInstant().atZone(ZoneId.systemDefault()));
  }

  /** The beginning of a sentence, for a cell of a table. */
  static String shortened(String sentence) {
    return sentence.length() <= LONGEST_SENTENCE
      ? sentence
      : sentence.substring(0, LONGEST_SENTENCE - 1).strip() + "…";
  }

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
