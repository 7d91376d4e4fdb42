package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds a Python that is new enough: on the path, then where version managers put them. */
public final class PythonInterpreter {

  private static final List<String> NAMES = List.of("python3", "python3.14", "python3.13");
  private static final List<String> VERSION_MANAGERS = List.of(
    ".pyenv/versions",
    ".local/share/uv/python"
  );

  private PythonInterpreter() {}

  /** A Python 3 of that minor version or newer. */
  public static Optional<Path> find(int minor) {
    return Stream.concat(onThePath(), ofVersionManagers())
      .filter(Files::isExecutable)
      .filter(python -> isAtLeast(python, minor))
      .findFirst();
  }

  private static Stream<Path> onThePath() {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1);
    return NAMES.stream().flatMap(name ->
      Arrays.stream(folders)
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
    );
  }

  private static Stream<Path> ofVersionManagers() {
    var home = Path.of(System.getProperty("user.home"));
    return VERSION_MANAGERS.stream()
      .map(home::resolve)
      .filter(Files::isDirectory)
      .flatMap(folder -> entries(folder).stream())
      .map(version -> version.resolve("bin/python3"));
  }

  private static List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAtLeast(Path python, int minor) {
    var check = "import sys; sys.exit(sys.version_info < (3, %d))".formatted(minor);
    try {
      var process = new ProcessBuilder(python.toString(), "-c", check)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // It can't be run: not one of ours.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
