package dev.billstep.embedded;

import dev.billstep.page.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A virtual environment with pinned packages, made once for each version of the pins. */
final class PythonEnvironment {

  private final Path folder;
  private final Path requirements;

  PythonEnvironment(Project project) {
    this.requirements = project.pythonRequirements();
    this.folder = project.stateFolder().resolve("python-" + pins().substring(0, 12));
  }

  boolean isInstalled() {
    return Files.exists(marker());
  }

  /** Made beside its place and marked when it is whole: a broken installation is made again. */
  void install() {
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    try {
      Files.createDirectories(folder.getParent());
      run(log, "python3", "-m", "venv", "--clear", folder.toString());
      run(log, python().toString(), "-m", "pip", "install", "-q", "-r", requirements.toString());
      Files.createFile(marker());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path python() {
    return folder.resolve("bin/python");
  }

  private Path marker() {
    return folder.resolve("complete");
  }

  private String pins() {
    try {
      return Sha256.of(Files.readAllBytes(requirements));
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
