package dev.billstep.intake;

import dev.billstep.intake.Uploads.Outcome;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.storage.PrivateFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder whose files are uploaded, each once. A file that has come to rest is taken into a folder of the inbox that
 * says which arrival it is, uploaded, and moved to {@code uploaded}, or where nothing in it could be uploaded to
 * {@code refused}; beside it a text says what was left out and why. What was under way when a process ended goes on
 * from there, so that nothing is uploaded twice and nothing is lost.
 */
public final class Inbox {

  /** A copy over a slow network pauses, but rarely for longer. */
  static final Duration AT_REST = Duration.ofSeconds(3);

  private static final String UNDER_WAY = ".billstep";
  private static final String UPLOADED = "uploaded";
  private static final String REFUSED = "refused";
  private static final String WHY = ".why.txt";

  /**
   * Uploads what an arrival has brought.
   *
   * <p>Throws where it can't be done now; it is tried again at the next look.
   */
  interface Upload {
    Outcome take(Path file, String name, UUID arrival);
  }

  private final Path folder;
  private final Upload upload;
  private final InstantSource clock;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** How a file was when it was looked at, and since when it is so. */
  private record Seen(long bytes, Instant changedAt, Instant since) {
    boolean isLike(Seen later) {
      return bytes == later.bytes && changedAt.equals(later.changedAt);
    }
  }

  /** Of a folder that is there and can be written to. */
  public static Inbox of(Path folder, Uploads uploads, UserId user) {
    return new Inbox(
      folder,
      (file, name, arrival) -> uploads.take(file, name, user, arrival),
      InstantSource.system()
    );
  }

  Inbox(Path folder, Upload upload, InstantSource clock) {
    this.folder = folder;
    this.upload = upload;
    this.clock = clock;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Looks once: goes on with what is under way, then takes what has come to rest.
   *
   * @return what became of each file that came
   * @throws UncheckedIOException where the folder can't be read or written
   */
  public List<Arrival> look() {
    try {
      for (var file : atRest()) {
        take(file);
      }
      return goOn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that came. */
  public sealed interface Arrival {
    String name();

    /**
     * Its documents are jobs, as far as they could be.
     *
     * @param movedTo where it is now
     */
    record Moved(String name, Path movedTo, Outcome outcome) implements Arrival {}

    /** It can't be uploaded at present, and is tried again at the next look. */
    record Waiting(String name, RuntimeException why) implements Arrival {}
  }

  /** What is to be written down of something that arrives. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Takes what has come by another way, as if it had been put into the folder; it is uploaded at the next look. The
   * same arrival again makes no other jobs.
   *
   * @param name that a file can have
   */
  void bring(UUID arrival, String name, Content content) throws IOException {
    var folders = PrivateFolder.make(folder.resolve(UNDER_WAY));
    var part = folders.resolve(arrival + ".part");
    try (var out = new BufferedOutputStream(Files.newOutputStream(part))) {
      content.writeTo(out);
    }
    var to = PrivateFolder.make(folders.resolve(arrival.toString()));
    Files.move(part, to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Path> atRest() throws IOException {
    var now = clock.instant();
    var files = new HashMap<Path, Seen>();
    for (var file : files(folder)) {
      // Others stay where they are: whoever put them there sees that they were not taken.
      if (FileKind.of(file).isTaken()) {
        var is = new Seen(Files.size(file), Files.getLastModifiedTime(file).toInstant(), now);
        var was = seen.getOrDefault(file, is);
        files.put(file, was.isLike(is) ? was : is);
      }
    }
    seen.clear();
    seen.putAll(files);
    return files
      .entrySet()
      .stream()
      .filter(each -> !each.getValue().since().plus(AT_REST).isAfter(now))
      .map(Map.Entry::getKey)
      .sorted()
      .toList();
  }

  private void take(Path file) throws IOException {
    var arrival = PrivateFolder.make(
      folder.resolve(UNDER_WAY).resolve(UUID.randomUUID().toString())
    );
    Files.move(file, arrival.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    seen.remove(file);
  }

  private List<Arrival> goOn() throws IOException {
    var arrivals = folder.resolve(UNDER_WAY);
    if (!Files.isDirectory(arrivals)) {
      return List.of();
    }
    var ended = new ArrayList<Arrival>();
    for (var arrival : folders(arrivals)) {
      for (var file : files(arrival)) {
        ended.add(goOn(file, UUID.fromString(String.valueOf(arrival.getFileName()))));
      }
      if (files(arrival).isEmpty()) {
        Files.delete(arrival);
      }
    }
    return ended;
  }

  /** One that can't be uploaded does not keep the others back. */
  private Arrival goOn(Path file, UUID arrival) throws IOException {
    var name = String.valueOf(file.getFileName());
    Outcome outcome;
    try {
      outcome = upload.take(file, name, arrival);
    } catch (RuntimeException e) {
      return new Arrival.Waiting(name, e);
    }
    return moved(file, outcome);
  }

  private Arrival moved(Path file, Outcome outcome) throws IOException {
    var name = String.valueOf(file.getFileName());
    var to = PrivateFolder.make(folder.resolve(outcome.uploads().isEmpty() ? REFUSED : UPLOADED));
    var kept = free(to, name);
    if (!outcome.leftOut().isEmpty()) {
      var sentences = outcome.leftOut().stream().map(LeftOut::toString).toList();
      Files.write(kept.resolveSibling(kept.getFileName() + WHY), sentences);
    }
    Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
    return new Arrival.Moved(name, kept, outcome);
  }

  /** Scanners begin their numbers anew: no file takes another one's place. */
  private static Path free(Path folder, String name) {
    int dot = name.lastIndexOf('.');
    var kept = folder.resolve(name);
    for (int i = 2; Files.exists(kept); i++) {
      kept = folder.resolve("%s (%d)%s".formatted(name.substring(0, dot), i, name.substring(dot)));
    }
    return kept;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
        .filter(Files::isDirectory)
        .filter(each -> String.valueOf(each.getFileName()).matches(JobId.FORM))
        .sorted()
        .toList();
    }
  }
}
