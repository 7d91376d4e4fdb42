package dev.billstep.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billstep.json.Json;
import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who did what and when: a file a month ({@code 2026-11.jsonl}, by UTC), with a line of JSON an event. Lines
 * are added, never changed; whoever no longer needs a month deletes its file.
 */
public final class AuditLog {

  private static final String ENDING = ".jsonl";

  /** More of what was asked says no more. */
  private static final int LONGEST_ABOUT = 200;

  private final Path folder;
  private final InstantSource clock;

  private AuditLog(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** That of the people of a folder. */
  public static AuditLog of(Path people, InstantSource clock) {
    return new AuditLog(people.resolve("audit"), clock);
  }

  /** Adds what somebody has just done. */
  public void note(String who, Deed deed, String about, String from) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var said = about.substring(0, Math.min(about.length(), LONGEST_ABOUT));
    var line = Json.text(new AuditEvent(now, who, deed, said, from)) + "\n";
    try {
      PrivateFolder.make(folder);
      try (
        var file = Files.newByteChannel(
          folder.resolve(monthOf(now) + ENDING),
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        )
      ) {
        file.write(ByteBuffer.wrap(line.getBytes(UTF_8))); // In one piece: others add lines as well.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was done since a time, the oldest first. */
  public List<AuditEvent> since(Instant from) {
    var first = monthOf(from) + ENDING;
    try (var files = Files.list(folder)) {
      return files
        .filter(file -> name(file).endsWith(ENDING) && name(file).compareTo(first) >= 0)
        .sorted()
        .flatMap(AuditLog::events)
        .filter(event -> !event.at().isBefore(from))
        .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<AuditEvent> events(Path file) {
    try {
      return Files.readAllLines(file)
        .stream()
        .map(line -> Json.read(line.getBytes(UTF_8), AuditEvent.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String monthOf(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC)).toString();
  }
}
