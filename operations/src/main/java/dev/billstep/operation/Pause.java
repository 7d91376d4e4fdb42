package dev.billstep.operation;

import dev.billstep.stack.StackFailure;
import java.time.Duration;

/** What a command does between two looks at something that is not ready yet. */
public final class Pause {

  private Pause() {}

  /**
   * Waits.
   *
   * @throws StackFailure where the command is to end meanwhile
   */
  public static void take(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }
}
