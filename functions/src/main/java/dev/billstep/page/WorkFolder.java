package dev.billstep.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;

/**
 * A folder for one upload and what is made of it, gone when it is closed. What a process that was
 * killed has left behind goes when the next one starts.
 */
public final class WorkFolder implements AutoCloseable {

  private static final String PREFIX = "billstep-split-";

  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder below the system's temporary one.
   *
   * @throws DiskFull when there is no room for it
   */
  public static WorkFolder open() {
    return open(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static WorkFolder open(Path root) {
    try {
      clear(root);
      return new WorkFolder(Files.createTempDirectory(root, ownPrefix()));
    } catch (IOException e) {
      DiskFull.throwIfSo(e);
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
  }

  private static String ownPrefix() {
    return prefix(ProcessHandle.current());
  }

  /** A process's number is used again, in a sandbox of Lambda at once. */
  private static String prefix(ProcessHandle process) {
    long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return PREFIX + process.pid() + "-" + started + "-";
  }

  private static void clear(Path root) throws IOException {
    try (var folders = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (var folder : folders) {
        if (!belongsToSomebody(folder.getFileName().toString())) {
          delete(folder);
        }
      }
    }
  }

  private static boolean belongsToSomebody(String name) {
    var pid = name.substring(PREFIX.length()).split("-", 2)[0];
    return (
      pid.chars().allMatch(Character::isDigit) &&
      ProcessHandle.of(Long.parseLong(pid))
        .map(WorkFolder::prefix)
        .filter(name::startsWith)
        .isPresent()
    );
  }

  /** A thread that was left behind may still write to it: then it goes with the process's others. */
  private static void delete(Path folder) {
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException goneAlready) {
      folder.toFile().delete();
    }
  }
}
