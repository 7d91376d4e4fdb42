package dev.billstep.doctor;

import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program that has to be on the machine.
 *
 * @param subject its name
 * @param command that says its version in its first line
 * @param least the oldest version that will do
 * @param remedy how to install it
 */
record Prerequisite(String subject, List<String> command, String least, String remedy) {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
  private static final int PATIENCE_SECONDS = 20;

  /** Those of the build and of the embedded stack, beside the JDK that this runs on. */
  static final List<Prerequisite> ALL = List.of(
    new Prerequisite(
      "Maven",
      List.of("mvn", "-version"),
      "3.8.7",
      "apt-get install maven, or unpack a newer one and put it on the PATH"
    ),
    new Prerequisite(
      "Node.js",
      List.of("node", "--version"),
      "20.0",
      "apt-get install nodejs npm, or a newer one from its own packages"
    ),
    new Prerequisite("npm", List.of("npm", "--version"), "9.0", "apt-get install npm"),
    new Prerequisite(
      "Python",
      List.of("python3", "--version"),
      "3.10",
      "apt-get install python3, or a newer one first on the PATH"
    ),
    new Prerequisite(
      "Python's venv",
      List.of("python3", "-c", "import ensurepip, venv, sys; print(sys.version)"),
      "3.10",
      "apt-get install python3-venv"
    )
  );

  Diagnosis examine() {
    return new Diagnosis(subject, finding());
  }

  private Finding finding() {
    return firstVersion()
      .map(version ->
        Version.parse(version).compareTo(Version.parse(least)) < 0
          ? new Fault("it is %s; %s or newer is needed".formatted(version, least), remedy)
          : new Sound(version)
      )
      .orElseGet(() -> new Fault("it is missing, or can't be run", remedy));
  }

  private Optional<String> firstVersion() {
    try {
      var process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return VERSION.matcher(said)
        .results()
        .map(match -> match.group())
        .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // There is no such program.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
