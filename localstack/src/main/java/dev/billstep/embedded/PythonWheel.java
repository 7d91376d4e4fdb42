package dev.billstep.embedded;

import dev.billstep.page.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A package from PyPI that is wanted for the files in it: its wheel is fetched once for each version
 * of the pin, which holds its hash, and nothing of it is run.
 */
final class PythonWheel {

  private final Path requirements;
  private final Path folder;

  /**
   * Names a wheel; nothing is fetched yet.
   *
   * @param sources the folder with its {@code requirements.txt}: one line, with the hash
   */
  PythonWheel(Project project, Path sources) {
    this.requirements = sources.resolve("requirements.txt");
    this.folder = project
      .stateFolder()
      .resolve(sources.getFileName() + "-" + Sha256.of(read(requirements)).substring(0, 12));
  }

  /** Where it is once it is installed: a class path takes it, as it is a zip file. */
  Path jar() {
    return folder.resolve("wheel.jar");
  }

  /** Fetches what is called so, where it is not here yet. */
  void install(String name, Progress progress) {
    if (!Files.exists(jar())) {
      progress.step("install " + name, this::fetch);
    }
  }

  private void fetch() {
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    var environment = folder.resolve("venv"); // For pip alone: not every Python has one of its own.
    var python = environment.resolve("bin/python").toString();
    try {
      Files.createDirectories(folder);
      LoggedCommand.run(log, List.of("python3", "-m", "venv", "--clear", environment.toString()));
      LoggedCommand.run(
        log,
        List.of(
          python,
          "-m",
          "pip",
          "download",
          "-q",
          "--no-deps",
          "--require-hashes",
          "-r",
          requirements.toString(),
          "-d",
          folder.toString()
        )
      );
      Files.move(wheel(), jar(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path wheel() throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.whl")) {
      return files.iterator().next();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
