package dev.billstep.embedded;

import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/**
 * The folder of one run of the stack, for its logs; those of the last few runs are kept, and those
 * of stacks that still run.
 */
final class RunFolder {

  private static final int KEPT = 10;

  /** The file with the number of the process whose run it is. */
  private static final String HOLDER = "holder.pid";

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
    "yyyyMMdd-HHmmss-SSS"
  ).withZone(ZoneOffset.UTC);

  private RunFolder() {}

  /** Creates it. One at a time: each deletes what is too old. */
  static synchronized Path create(Project project) {
    try {
      var runs = PrivateFolder.make(PrivateFolder.close(project.stateFolder()).resolve("runs"));
      for (var old : oldestFirst(runs).reversed().stream().skip(KEPT).toList()) {
        if (!isHeld(old)) {
          delete(old);
        }
      }
      var folder = Files.createTempDirectory(runs, NAME.format(Instant.now()) + "-");
      Files.writeString(folder.resolve(HOLDER), String.valueOf(ProcessHandle.current().pid()));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHeld(Path run) throws IOException {
    var holder = run.resolve(HOLDER);
    return (
      Files.exists(holder) && ProcessHandle.of(Long.parseLong(Files.readString(holder))).isPresent()
    );
  }

  private static List<Path> oldestFirst(Path runs) throws IOException {
    try (var folders = Files.list(runs)) {
      return folders.sorted().toList();
    }
  }

  /** A folder for what a part of the stack keeps while it runs. */
  static Path state(Path run, String part) {
    try {
      return PrivateFolder.make(run.resolve(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what a part of the stack has kept, once it has ended. */
  static void deleteState(Path folder) {
    try {
      if (Files.exists(folder)) {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
