package dev.billstep.command;

import dev.billstep.embedded.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code billstep} command as a process of its own. */
public final class CommandRun {

  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandRun(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it; its output goes to files in a folder. */
  public static CommandRun start(Path folder, Map<String, String> environment, String... arguments)
    throws IOException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var line = new ArrayList<>(
      List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // As the launcher starts it: quick to start, for a process that does not live long.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
        "-Dbillstep.home=" + Project.ofSystemProperty().home(),
        "-classpath",
        System.getProperty("java.class.path"),
        "dev.billstep.command.BillstepCommand"
      )
    );
    line.addAll(List.of(arguments));
    var command = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    command.environment().putAll(environment);
    return new CommandRun(command.start(), out, err);
  }

  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  public Process process() {
    return process;
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until it has said something on its standard error. */
  public void awaitLine(String text) throws IOException, InterruptedException {
    for (int tries = 0; tries < PATIENCE_SECONDS * 10; tries++) {
      try (Stream<String> lines = Files.lines(err, StandardCharsets.UTF_8)) {
        if (lines.anyMatch(line -> line.contains(text))) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("never said: " + text + "\n" + err());
  }
}
