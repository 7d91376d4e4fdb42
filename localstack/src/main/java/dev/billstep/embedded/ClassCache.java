package dev.billstep.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The function host's classes as an earlier one has left them, loaded and linked (JEP 483, 514, 515): it
 * starts in a fraction of the time. The launcher has it made after each build. The JVM holds it against
 * its own version and its flags, but takes what has changed in a jar since for what it was (JDK 25): so
 * none is used that is older than a jar of the class path.
 *
 * @param cache which to start from, if it is there
 * @param recorded where to leave one at the end
 */
public record ClassCache(Optional<Path> cache, Optional<Path> recorded) {
  private static final String CACHE = "billstep.functions.cache";
  private static final String RECORDED = "billstep.functions.recorded";
  private static final Duration RECORDING = Duration.ofMinutes(2);

  /** As the launcher names them. */
  static ClassCache ofSystemProperties() {
    return new ClassCache(path(CACHE), path(RECORDED));
  }

  /** For a process of the command that another one starts: what the launcher has told that. */
  public static List<String> handedOn() {
    return path(CACHE)
      .map(file -> List.of("-D%s=%s".formatted(CACHE, file)))
      .orElse(List.of());
  }

  private static Optional<Path> path(String property) {
    return Optional.ofNullable(System.getProperty(property)).map(Path::of);
  }

  /** How long the host may take to end: it makes the cache of what it has recorded in some seconds. */
  Duration stopLimit() {
    return recorded.isPresent() ? RECORDING : ChildProcess.STOP_LIMIT;
  }

  /**
   * Of the JVM that the host is.
   *
   * @param classPath of it
   */
  List<String> flags(String classPath) {
    return recorded
      .map(file -> List.of("-XX:AOTCacheOutput=" + file))
      .or(() ->
        cache
          .filter(file -> Files.exists(file) && isNewerThan(file, classPath))
          // A cache that does not fit is no failure, and nothing for the functions' log.
          .map(file -> List.of("-XX:AOTCache=" + file, "-Xlog:disable", "-Xlog:all=error:stderr"))
      )
      .orElse(List.of());
  }

  private static boolean isNewerThan(Path cache, String classPath) {
    long made = madeAt(cache);
    return Arrays.stream(classPath.split(File.pathSeparator))
      .map(Path::of)
      .filter(Files::exists)
      .allMatch(jar -> madeAt(jar) <= made);
  }

  private static long madeAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
