package dev.billstep.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The function host's classes as an earlier one has left them, loaded and linked (JEP 483, 514, 515): it
 * starts in a fraction of the time. The launcher has it made after each build. The JVM itself holds it
 * against its own version, its flags and the jars of the class path, and does without where one differs.
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

  /** Of the JVM that the host is. */
  List<String> flags() {
    return recorded
      .map(file -> List.of("-XX:AOTCacheOutput=" + file))
      .or(() ->
        cache
          .filter(Files::exists)
          // A cache that does not fit is no failure, and nothing for the functions' log.
          .map(file -> List.of("-XX:AOTCache=" + file, "-Xlog:disable", "-Xlog:all=error:stderr"))
      )
      .orElse(List.of());
  }
}
