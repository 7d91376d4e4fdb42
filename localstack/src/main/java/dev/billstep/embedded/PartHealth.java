package dev.billstep.embedded;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a part of a stack is, as the process that holds the stack has seen it.
 *
 * @param name for people, as the subject of a sentence
 * @param pid of its process; of the one that has ended, where it is down
 * @param since when it is as it is
 * @param restarts how often it has died and was started again
 * @param down why it does not run; empty where it does
 */
public record PartHealth(
  String name,
  long pid,
  Instant since,
  int restarts,
  Optional<String> down
) {
  private static final String FILE = "parts.json";

  static PartHealth running(Part part, int restarts) {
    return new PartHealth(
      part.name(),
      part.process().pid(),
      Instant.now(),
      restarts,
      Optional.empty()
    );
  }

  PartHealth down(String reason) {
    return new PartHealth(name, pid, Instant.now(), restarts, Optional.of(reason));
  }

  /** Whether it runs, as far as its process says. */
  @JsonIgnore
  public boolean isUp() {
    return down.isEmpty() && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Those of a run, in the order in which they were started; none where nobody has written them. */
  static List<PartHealth> of(Path run) {
    try {
      return Json.mapper().readValue(
        Files.readAllBytes(run.resolve(FILE)),
        new TypeReference<List<PartHealth>>() {}
      );
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path run, List<PartHealth> parts) {
    var part = run.resolve(FILE + ".part");
    try {
      Files.write(part, Json.bytes(parts));
      Files.move(part, run.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
