package dev.billstep.embedded;

/** The engines that can run the AWS side of the stack on one machine. */
public enum Engine {
  /** A small emulator that starts at once; the default. */
  EMBEDDED,
  /** LocalStack in host mode: closer to AWS, slower to start. */
  LOCALSTACK;

  AwsEngine of(Project project) {
    return switch (this) {
      case EMBEDDED -> new MinistackEngine(project);
      case LOCALSTACK -> new LocalstackEngine(project);
    };
  }
}
