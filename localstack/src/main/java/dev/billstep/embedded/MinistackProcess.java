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
   * @param door the folder of the module that lets no page of a browser in
   * @param functions where the functions' bootstraps hand their invocations
   * @param pace of what it waits for between two attempts of a state
   */
  static MinistackProcess start(
    Path python,
    Path door,
    Path folder,
    FunctionHostProcess functions,
    Pace pace
  ) {
    var state = RunFolder.state(folder, "ministack");
    int port = LoopbackPort.free(USUAL_PORT);
    var endpoint = URI.create("http://127.0.0.1:" + port);
    var command = new ProcessBuilder(python.toString(), "-m", "billstep_door");
    var environment = command.environment();
    environment.put("PYTHONPATH", door.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1"); // Or they would stand beside our sources.
    environment.put("BIND_HOST", "127.0.0.1");
    environment.put("GATEWAY_PORT", String.valueOf(port));
    environment.put("MINISTACK_REGION", LocalAws.REGION.id());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("STATE_DIR", state.toString());
    environment.put("S3_DATA_DIR", state.resolve("s3").toString());
    environment.put("TMPDIR", state.toString());
    environment.put("SFN_WAIT_SCALE", String.valueOf(pace.scale()));
    environment.put("BILLSTEP_FUNCTION_HOST", functions.uri().toString());
    environment.put(FunctionHost.TOKEN, functions.token().value());
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
