package dev.billstep.embedded;

import dev.billstep.page.Sha256;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A virtual environment with pinned packages, made once for each version of the pins. */
final class PythonEnvironment {

  /** By folder: stacks that start at the same time install once. */
  private static final Map<Path, Object> INSTALLING = new ConcurrentHashMap<>();

  private final Path interpreter;
  private final Path folder;
  private final Path requirements;
  private final List<Path> packages;

  /**
   * Names an environment; nothing is installed yet.
   *
   * @param interpreter the Python that it is made of
   * @param sources the folder with its {@code requirements.txt}
   * @param packages folders of our own packages that are installed into it
   */
  PythonEnvironment(Project project, Path interpreter, Path sources, List<Path> packages) {
    this.interpreter = interpreter;
    this.requirements = sources.resolve("requirements.txt");
    this.packages = packages;
    this.folder = project
      .stateFolder()
      .resolve(sources.getFileName() + "-" + Sha256.of(content()).substring(0, 12));
  }

  /** Installs what is called so, where it is not installed yet. */
  void install(String name, Progress progress) {
    synchronized (INSTALLING.computeIfAbsent(folder, each -> new Object())) {
      if (!Files.exists(marker())) {
        progress.step("install " + name, this::installAll);
      }
    }
  }

  /** Marked when it is whole: a broken installation is made again. */
  private void installAll() {
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    try {
      Files.createDirectories(folder.getParent());
      run(log, interpreter.toString(), "-m", "venv", "--clear", folder.toString());
      pip(log, "-r", requirements.toString());
      for (var source : packages) {
        pip(log, copied(source).toString());
      }
      Files.createFile(marker());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Out of the checkout: the build of a package leaves files beside its sources. */
  private Path copied(Path source) throws IOException {
    var copy = folder.resolve("packages").resolve(String.valueOf(source.getFileName()));
    for (var file : files(source)) {
      var target = copy.resolve(source.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return copy;
  }

  private void pip(Path log, String... what) throws IOException {
    var command = new ArrayList<>(List.of(python().toString(), "-m", "pip", "install", "-q"));
    command.addAll(List.of(what));
    run(log, command.toArray(String[]::new));
  }

  Path python() {
    return folder.resolve("bin/python");
  }

  private Path marker() {
    return folder.resolve("complete");
  }

  /** What the environment depends on: a change of it makes another one. */
  private String content() {
    return packages
      .stream()
      .flatMap(source -> files(source).stream())
      .map(PythonEnvironment::read)
      .collect(Collectors.joining("\n", read(requirements), ""));
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
        .filter(file -> file.toString().matches(".*\\.(py|toml)"))
        .sorted()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path log, String... command) throws IOException {
    var process = new ProcessBuilder(command)
      .redirectErrorStream(true)
      .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
      .start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new StackFailure(
          "%s failed (exit code %d); its output is in %s".formatted(
            String.join(" ", List.of(command)),
            code,
            log
          )
        );
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new StackFailure("The installation was interrupted.", e);
    }
  }
}
