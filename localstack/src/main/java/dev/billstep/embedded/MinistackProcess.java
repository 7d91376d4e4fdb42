package dev.billstep.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;

/** The AWS emulator, as a process of ours on loopback. */
final class MinistackProcess implements AutoCloseable {

  private static final int USUAL_PORT = 4566;

  private final ChildProcess process;
  private final URI endpoint;

  private MinistackProcess(ChildProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts the emulator and waits until it answers.
   *
   * @param folder for its state and log, of this run alone
   * @param functionHost where the functions' bootstraps hand their invocations
   */
  static MinistackProcess start(Path python, Path folder, URI functionHost) {
    var state = RunFolder.state(folder, "ministack");
    int port = LoopbackPort.free(USUAL_PORT);
    var endpoint = URI.create("http://127.0.0.1:" + port);
    var command = new ProcessBuilder(python.toString(), "-m", "ministack.app");
    var environment = command.environment();
    environment.put("BIND_HOST", "127.0.0.1");
    environment.put("GATEWAY_PORT", String.valueOf(port));
    environment.put("MINISTACK_REGION", LocalAws.REGION.id());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("STATE_DIR", state.toString());
    environment.put("S3_DATA_DIR", state.resolve("s3").toString());
    environment.put("TMPDIR", state.toString());
    environment.put("BILLSTEP_FUNCTION_HOST", functionHost.toString());
    var log = folder.resolve("ministack.log");
    var process = ChildProcess.start("The AWS emulator", command, log, state);
    process.await(() -> answers(port));
    return new MinistackProcess(process, endpoint);
  }

  URI endpoint() {
    return endpoint;
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
