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

/** Starts a {@link FunctionHost} with this JVM's own Java and class path. */
final class FunctionHostProcess implements AutoCloseable {

  /** Environment variable: the port at which a debugger may attach to the functions. */
  static final String DEBUG = "BILLSTEP_DEBUG";

  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private final ChildProcess process;
  private final URI uri;
  private final Token token;

  private FunctionHostProcess(ChildProcess process, URI uri, Token token) {
    this.process = process;
    this.uri = uri;
    this.token = token;
  }

  /**
   * Starts the host and waits until it serves.
   *
   * @param folder for its log, of this run alone
   */
  static FunctionHostProcess start(Path folder, Pace pace) {
    var state = RunFolder.state(folder, "functions");
    var portFile = folder.resolve("functions.port");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    debugger(System.getenv(DEBUG)).ifPresent(command::add);
    command.addAll(
      List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + state,
        "-Dlog4j2.configurationFile=log4j2-embedded.xml",
        pace.argument(),
        "-Dbillstep.log=" + folder.resolve(FunctionLogFile.NAME),
        "-classpath",
        System.getProperty("java.class.path"),
        FunctionHost.class.getName(),
        portFile.toString()
      )
    );
    var host = new ProcessBuilder(command);
    var token = Token.generate();
    host.environment().put(FunctionHost.TOKEN, token.value());
    var log = folder.resolve("functions.log");
    var process = ChildProcess.start("The function host", host, log, state);
    process.await(() -> Files.exists(portFile));
    return new FunctionHostProcess(
      process,
      URI.create("http://127.0.0.1:" + read(portFile)),
      token
    );
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
    return uri;
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
  }
}
