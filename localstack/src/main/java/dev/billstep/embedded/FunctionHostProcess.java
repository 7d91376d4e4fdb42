package dev.billstep.embedded;

import dev.billstep.http.Token;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link FunctionHost} with this JVM's own Java. */
final class FunctionHostProcess implements Part {

  /** Environment variable: the port at which a debugger may attach to the functions. */
  static final String DEBUG = "BILLSTEP_DEBUG";

  /** Beside it OCR's native code takes as much again: together 1.5 GB, see {@code bench/burst}. */
  private static final String MOST_HEAP = "768m";

  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private final Path folder;
  private final FunctionClassPath classPath;
  private final Pace pace;
  private final Token token = Token.generate();
  private final int port;
  private volatile ChildProcess process;

  private FunctionHostProcess(Path folder, FunctionClassPath classPath, Pace pace) {
    this.folder = folder;
    this.classPath = classPath;
    this.pace = pace;
    this.process = serving(0);
    this.port = Integer.parseInt(read(portFile()));
  }

  /**
   * Starts the host and waits until it serves.
   *
   * @param folder for its log, of this run alone
   */
  static FunctionHostProcess start(Path folder, FunctionClassPath classPath, Pace pace) {
    return new FunctionHostProcess(folder, classPath, pace);
  }

  @Override
  public void startAgain() {
    process.close();
    RunFolder.deleteState(state());
    process = serving(port);
  }

  /** @param port where; 0 is any that is free */
  private ChildProcess serving(int port) {
    RunFolder.deleteState(portFile()); // That of the process before.
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    debugger(System.getenv(DEBUG)).ifPresent(command::add);
    command.addAll(
      List.of(
        "--enable-native-access=ALL-UNNAMED",
        // Pages are large arrays, which other collectors leave gaps beside.
        "-XX:+UseSerialGC",
        "-Xmx" + MOST_HEAP,
        "-Djava.io.tmpdir=" + state(),
        "-Dlog4j2.configurationFile=log4j2-embedded.xml",
        pace.argument(),
        "-Dbillstep.log=" + folder.resolve(FunctionLogFile.NAME),
        "-classpath",
        classPath.ofFunctionHost(),
        FunctionHost.class.getName(),
        portFile().toString(),
        String.valueOf(port)
      )
    );
    var host = new ProcessBuilder(command);
    host.environment().put(FunctionHost.TOKEN, token.value());
    host.environment().put("MALLOC_ARENA_MAX", "2"); // Or OCR's native code keeps some for each thread.
    var started = ChildProcess.start(name(), host, folder.resolve("functions.log"));
    started.await(() -> Files.exists(portFile()));
    return started;
  }

  private Path portFile() {
    return folder.resolve("functions.port");
  }

  private Path state() {
    return RunFolder.state(folder, "functions");
  }

  @Override
  public String name() {
    return "The function host";
  }

  @Override
  public ProcessHandle process() {
    return process.handle();
  }

  /** Lets a debugger of this machine attach, and waits for none. */
  static Optional<String> debugger(@Nullable String port) {
    if (port == null || port.isBlank()) {
      return Optional.empty();
    }
    if (!PORT.matcher(port).matches()) {
      throw new StackFailure(
        "%s must be the port for a debugger, such as 5005, but is \"%s\".".formatted(DEBUG, port)
      );
    }
    return Optional.of(
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port
    );
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Without which nothing is run. */
  Token token() {
    return token;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    RunFolder.deleteState(state());
  }
}
