package dev.billstep.embedded;

import dev.billstep.stack.CloudWatchFunctionLogs;
import dev.billstep.stack.StackLogs;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The engines that can run the AWS side of the stack on one machine. */
public enum Engine {
  /** A small emulator that starts at once; the default. */
  EMBEDDED,
  /**
   * LocalStack: closer to AWS, slower to start. The one at {@code AWS_ENDPOINT_URL}, or else one in
   * host mode that is started.
   */
  LOCALSTACK;

  /**
   * The emulator of it.
   *
   * @param pace of the embedded one; LocalStack goes by the machine's clock
   */
  Emulator of(Project project, Pace pace) {
    return switch (this) {
      case EMBEDDED -> new MinistackEmulator(project, pace);
      case LOCALSTACK -> runningLocalstack()
        .<Emulator>map(endpoint -> new RunningLocalstackEmulator(project, endpoint))
        .orElseGet(() -> new LocalstackEmulator(project));
    };
  }

  /**
   * What the functions of a stack log.
   *
   * @param folder of the run
   * @param pipelineStack as it is called in the engine
   */
  StackLogs logs(Path folder, LocalAws aws, String pipelineStack) {
    return switch (this) {
      case EMBEDDED -> new FunctionLogFile(folder);
      case LOCALSTACK -> CloudWatchFunctionLogs.ofLocalstack(
        pipelineStack,
        aws::cloudFormation,
        aws::logs
      );
    };
  }

  /** What this machine lacks for it, and how to install that; empty where it can be started. */
  public Optional<String> whatIsMissing() {
    return this == LOCALSTACK && runningLocalstack().isEmpty()
      ? LocalstackEmulator.whatIsMissing()
      : Optional.empty();
  }

  private static Optional<URI> runningLocalstack() {
    return Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
      .filter(endpoint -> !endpoint.isBlank())
      .map(URI::create);
  }
}
