package dev.billstep.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;

/** The AWS emulator, as a process of ours on loopback. */
final class MinistackProcess implements Part {

  private static final int USUAL_PORT = 4566;

  private final Path python;
  private final Path door;
  private final Path folder;
  private final Path objects;
  private final FunctionHostProcess functions;
  private final Pace pace;
  private final int port = LoopbackPort.free(USUAL_PORT);
  private volatile ChildProcess process;

  private MinistackProcess(
    Path python,
    Path door,
    Path folder,
    Path objects,
    FunctionHostProcess functions,
    Pace pace
  ) {
    this.python = python;
    this.door = door;
    this.folder = folder;
    this.objects = objects;
    this.functions = functions;
    this.pace = pace;
    this.process = started();
  }

  /**
   * Starts the emulator and waits for nothing.
   *
   * @param folder for its temporary files and log, of this run alone
   * @param objects where what is in its buckets is kept
   * @param door the folder of the module that lets no page of a browser in
   * @param functions where the functions' bootstraps hand their invocations
   * @param pace of what it waits for between two attempts of a state
   */
  static MinistackProcess start(
    Path python,
    Path door,
    Path folder,
    Path objects,
    FunctionHostProcess functions,
    Pace pace
  ) {
    return new MinistackProcess(python, door, folder, objects, functions, pace);
  }

  /** Waits until it answers. */
  void await() {
    process.await(() -> answers(port));
  }

  /** What it had in memory is gone: stacks, executions, events. The objects are still there. */
  @Override
  public void startAgain() {
    process.close();
    RunFolder.deleteState(state());
    process = started();
    await();
  }

  @Override
  public boolean forgetsDeployments() {
    return true;
  }

  private ChildProcess started() {
    var command = new ProcessBuilder(python.toString(), "-m", "billstep_door");
    var environment = command.environment();
    environment.put("PYTHONPATH", door.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1"); // Or they would stand beside our sources.
    environment.put("BIND_HOST", "127.0.0.1");
    environment.put("GATEWAY_PORT", String.valueOf(port));
    environment.put("MINISTACK_REGION", LocalAws.REGION.id());
    environment.put("AWS_ENDPOINT_URL", endpoint().toString());
    environment.put("STATE_DIR", state().toString());
    environment.put("S3_PERSIST", "1");
    environment.put("S3_DATA_DIR", state().resolve("s3").toString()); // Until the door says where.
    environment.put("BILLSTEP_OBJECTS", objects.toString());
    environment.put("TMPDIR", state().toString());
    environment.put("SFN_WAIT_SCALE", String.valueOf(pace.scale()));
    environment.put("BILLSTEP_FUNCTION_PORT", functions.portFile().toString());
    environment.put(FunctionHost.TOKEN, functions.token().value());
    return ChildProcess.start(name(), command, folder.resolve("ministack.log"));
  }

  private Path state() {
    return RunFolder.state(folder, "ministack");
  }

  @Override
  public String name() {
    return "The AWS emulator";
  }

  @Override
  public ProcessHandle process() {
    return process.handle();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
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
    RunFolder.deleteState(state());
  }
}
