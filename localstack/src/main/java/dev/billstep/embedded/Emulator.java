package dev.billstep.embedded;

import dev.billstep.deployment.StackParameter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What runs the AWS side of the stack. */
sealed interface Emulator permits MinistackEmulator, LocalstackEmulator, RunningLocalstackEmulator {
  /** Installs what is missing of it. */
  void install(Progress progress);

  /** Whether functions run in containers, to which this machine is not loopback. */
  default boolean runsFunctionsInContainers() {
    return false;
  }

  /**
   * Starts it.
   *
   * @param folder for its state and logs, of this run alone
   * @param objects where it keeps what is in its buckets, if it does
   * @return what was started, the endpoint first; to be closed from the last to the first
   */
  Running start(Path folder, Path objects, Progress progress);

  /** What is deployed to it: what is deployed to AWS, unless it needs another. */
  default CloudAssembly assembly(Project project) {
    return new CloudAssembly(project.cloudAssembly("cdk.out"));
  }

  /** Under which name a stack is deployed; its own, unless there may be others of it. */
  default String stackName(String stack) {
    return stack;
  }

  /** The template's parameters. Pages are in the page bucket, as in AWS, unless it says so. */
  default Map<String, String> parameters(URI supabaseUrl, PagesRoot pagesRoot) {
    return Map.of(StackParameter.SUPABASE_URL.key(), supabaseUrl.toString());
  }

  /**
   * An engine at work.
   *
   * @param parts in the order in which they were started; each that is a {@link Part} can be watched
   */
  record Running(URI endpoint, List<AutoCloseable> parts) {}
}
