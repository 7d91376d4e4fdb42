package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A command that ends by itself, with all of its output in a file. */
final class LoggedCommand {

  private LoggedCommand() {}

  /**
   * Waits for its end.
   *
   * @throws StackFailure where its exit code is not 0
   * @throws IOException where it can't be started
   */
  static void run(Path log, List<String> command) throws IOException {
    var process = new ProcessBuilder(command)
      .redirectErrorStream(true)
      .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
      .start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new StackFailure(
          "%s failed (exit code %d); its output is in %s".formatted(
            String.join(" ", command),
            code,
            log
          )
        );
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new StackFailure("The installation was interrupted.", e);
    }
  }
}
