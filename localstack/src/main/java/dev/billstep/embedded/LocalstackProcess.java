package dev.billstep.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** LocalStack as a process of ours on loopback, with the executor that runs functions as JVMs. */
final class LocalstackProcess implements Part {

  private static final int USUAL_PORT = 4566;

  /** More invocations at once are throttled, as in AWS at an account's limit. */
  private static final int CONCURRENT_EXECUTIONS = 24;

  private static final String SERVICES =
    "s3,events,stepfunctions,lambda,secretsmanager,cloudformation,iam,sts,ssm,logs,sqs,kms";

  private final Path python;
  private final Path door;
  private final Path folder;
  private final FunctionClassPath classPath;
  private final int port = LoopbackPort.free(USUAL_PORT);
  private volatile ChildProcess process;

  private LocalstackProcess(Path python, Path door, Path folder, FunctionClassPath classPath) {
    this.python = python;
    this.door = door;
    this.folder = folder;
    this.classPath = classPath;
    this.process = serving();
  }

  /**
   * Starts LocalStack and waits until it is healthy.
   *
   * @param door the folder of the module that lets no page of a browser in
   * @param folder for its state and log, of this run alone
   */
  static LocalstackProcess start(Path python, Path door, Path folder, FunctionClassPath classPath) {
    return new LocalstackProcess(python, door, folder, classPath);
  }

  /** All that it had is gone: it keeps nothing, objects included. */
  @Override
  public void startAgain() {
    process.close();
    RunFolder.deleteState(state());
    process = serving();
  }

  @Override
  public boolean forgetsDeployments() {
    return true;
  }

  private ChildProcess serving() {
    var command = new ProcessBuilder(python.toString(), "-m", "localstack.runtime.main");
    command.environment().putAll(environment(port, state()));
    command.environment().put("PYTHONPATH", door.toString());
    command.environment().put("PYTHONDONTWRITEBYTECODE", "1"); // Or they would stand beside our sources.
    command.environment().put("BILLSTEP_JAVA", java());
    command.environment().put("BILLSTEP_RUNTIME_CLIENT", classPath.runtimeClient());
    command.environment().put("BILLSTEP_LAYER", classPath.layer());
    var started = ChildProcess.start(name(), command, folder.resolve("localstack.log"));
    started.await(() -> isHealthy(endpoint()));
    return started;
  }

  private Path state() {
    return RunFolder.state(folder, "localstack");
  }

  @Override
  public String name() {
    return "LocalStack";
  }

  @Override
  public ProcessHandle process() {
    return process.handle();
  }

  private static Map<String, String> environment(int port, Path state) {
    var environment = new HashMap<String, String>();
    environment.put("GATEWAY_LISTEN", "127.0.0.1:" + port);
    environment.put("SERVICES", SERVICES);
    environment.put("STRICT_SERVICE_LOADING", "1");
    environment.put("LAMBDA_RUNTIME_EXECUTOR", "jvm");
    environment.put("LAMBDA_LIMITS_CONCURRENT_EXECUTIONS", String.valueOf(CONCURRENT_EXECUTIONS));
    environment.put("LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY", "0");
    environment.put("DISABLE_EVENTS", "1"); // Telemetry.
    environment.put("SKIP_SSL_CERT_DOWNLOAD", "1");
    environment.put("DNS_ADDRESS", "0");
    environment.put("OVERRIDE_IN_DOCKER", "0");
    environment.put("FILESYSTEM_ROOT", state.toString());
    environment.put("TMPDIR", state.toString());
    environment.put("XDG_CACHE_HOME", state.toString());
    return environment;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static boolean isHealthy(URI endpoint) {
    try {
      var health = (HttpURLConnection) endpoint
        .resolve("/_localstack/health")
        .toURL()
        .openConnection();
      return health.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.close();
    RunFolder.deleteState(state());
  }
}
