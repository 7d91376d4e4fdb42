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
  private final ClassCache classCache = ClassCache.ofSystemProperties();
  private final Token token = Token.generate();
  private volatile ChildProcess process;
  private volatile int port;

  private FunctionHostProcess(Path folder, FunctionClassPath classPath, Pace pace) {
    this.folder = folder;
    this.classPath = classPath;
    this.pace = pace;
    this.process = started(0);
  }

  /**
   * Starts the host and waits for nothing: it serves once its port is written down.
   *
   * @param folder for its log, of this run alone
   */
  static FunctionHostProcess start(Path folder, FunctionClassPath classPath, Pace pace) {
    return new FunctionHostProcess(folder, classPath, pace);
  }

  /** Waits until it serves. */
  void await() {
    process.await(() -> Files.exists(portFile()));
    port = Integer.parseInt(read(portFile()));
  }

  @Override
  public void startAgain() {
    process.close();
    RunFolder.deleteState(state());
    RunFolder.deleteState(portFile()); // Or it would be taken for the one of the process to come.
    process = started(port);
    await();
  }

  /** @param port where; 0 is any that is free */
  private ChildProcess started(int port) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    debugger(System.getenv(DEBUG)).ifPresent(command::add);
    command.addAll(classCache.flags(classPath.ofFunctionHost()));
    command.addAll(
      List.of(
        "--enable-native-access=ALL-UNNAMED",
        // Pages are large arrays, which other collectors leave gaps beside.
        "-XX:+UseSerialGC",
        "-Xmx" + MOST_HEAP,
        "-Djava.io.tmpdir=" + state(),
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
    return ChildProcess.start(
      name(),
      host,
      folder.resolve("functions.log"),
      classCache.stopLimit()
    );
  }

  /** In which the port is at which it serves, and nothing before it does. */
  Path portFile() {
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

  /** Where it serves, once that was waited for. */
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
