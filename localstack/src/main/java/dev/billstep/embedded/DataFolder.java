package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import dev.billstep.storage.PrivateFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a stack keeps all that it has, for its owner alone: its database, what is in its buckets, its
 * pages, its keys and its users.
 */
public record DataFolder(Path path) {
  private static final String ASSETS = "cdk-";
  private static final String SIDECAR = ".meta.json";

  public DataFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The user's own (XDG Base Directory Specification), unless {@code BILLSTEP_DATA} names another. */
  public static DataFolder usual() {
    return variable("BILLSTEP_DATA")
      .map(Path::of)
      .or(() -> variable("XDG_DATA_HOME").map(home -> Path.of(home, "billstep")))
      .map(DataFolder::new)
      .orElseGet(() ->
        new DataFolder(Path.of(System.getProperty("user.home"), ".local/share/billstep"))
      );
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  public Path database() {
    return path.resolve("database");
  }

  /** What is in the emulator's buckets, as the emulator keeps it. */
  public Path objects() {
    return path.resolve("objects");
  }

  public Path pages() {
    return path.resolve("pages");
  }

  /** Who may use the review page, and what they did. */
  public Path people() {
    return path.resolve("people");
  }

  Path keys() {
    return path.resolve("keys.json");
  }

  public boolean isEmpty() {
    return !Files.exists(database());
  }

  /** Makes the folder, where it is not there yet, and closes it to others. */
  public void make() {
    try {
      PrivateFolder.close(path);
      PrivateFolder.make(objects());
      PrivateFolder.make(pages());
    } catch (IOException e) {
      throw new StackFailure(
        "The data folder %s can't be used: %s. Choose another with --data.".formatted(path, e),
        e
      );
    }
  }

  /**
   * Takes the folder for oneself until that is closed, or this process ends in whatever way.
   *
   * @throws StackFailure where somebody else has it
   */
  public Closeable hold() {
    try {
      var channel = FileChannel.open(
        path.resolve("lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE
      );
      if (channel.tryLock() == null) {
        channel.close();
        throw isHeld(null);
      }
      return channel;
    } catch (OverlappingFileLockException byThisProcess) {
      throw isHeld(byThisProcess);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StackFailure isHeld(@Nullable Exception cause) {
    return new StackFailure(
      "The data folder %s is in use by another stack. Stop that with: billstep down".formatted(
        path
      ),
      cause
    );
  }

  /** What is in it, for whoever is about to delete it. */
  public Content content() {
    long bytes = files(path).stream().mapToLong(DataFolder::size).sum();
    long uploads = files(objects())
      .stream()
      .map(file -> objects().relativize(file))
      .filter(file -> file.getNameCount() > 2 && !file.getName(1).toString().startsWith(ASSETS))
      .filter(file -> !file.toString().endsWith(SIDECAR))
      .count();
    long images = files(pages())
      .stream()
      .filter(file -> file.toString().endsWith(".png"))
      .count();
    return new Content(uploads, images, bytes);
  }

  private static List<Path> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Deletes all of it. */
  public void delete() {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How much there is.
   *
   * @param uploads files that users have uploaded, in all their versions
   * @param images of pages
   */
  public record Content(long uploads, long images, long bytes) {}
}
