package dev.billstep.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts a {@link FunctionHost} with this JVM's own Java. */
final class FunctionHostProcess implements AutoCloseable {

  private final ChildProcess process;
  private final URI uri;

  private FunctionHostProcess(ChildProcess process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts the host and waits until it serves.
   *
   * @param folder for its log, of this run alone
   */
  static FunctionHostProcess start(Path folder, FunctionClassPath classPath) {
    var state = RunFolder.state(folder, "functions");
    var portFile = folder.resolve("functions.port");
    var command = new ProcessBuilder(
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "--enable-native-access=ALL-UNNAMED",
      "-Djava.io.tmpdir=" + state,
      "-Dlog4j2.configurationFile=log4j2-embedded.xml",
      "-Dbillstep.log=" + folder.resolve(FunctionLogFile.NAME),
      "-classpath",
      classPath.ofFunctionHost(),
      FunctionHost.class.getName(),
      portFile.toString()
    );
    var log = folder.resolve("functions.log");
    var process = ChildProcess.start("The function host", command, log, state);
    process.await(() -> Files.exists(portFile));
    return new FunctionHostProcess(process, URI.create("http://127.0.0.1:" + read(portFile)));
  }

  URI uri() {
    return uri;
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
