package dev.billstep.command;

import dev.billstep.embedded.StackFailure;
import java.time.Duration;

/** What a command does between two looks at something that is not ready yet. */
final class Pause {

  private Pause() {}

  /**
   * Waits.
   *
   * @throws StackFailure where the command is to end meanwhile
   */
  static void take(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }
}
