package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;

/** A process that the stack is made of. */
interface Part extends AutoCloseable {
  /** For people, as the subject of a sentence. */
  String name();

  /** The one that runs, or ran last. */
  ProcessHandle process();

  /**
   * Starts it again where it was, with what it keeps; what is left of it is ended before.
   *
   * @throws StackFailure where it does not start
   */
  void startAgain();

  /** Whether what was deployed to it is gone with its process. */
  default boolean forgetsDeployments() {
    return false;
  }

  /** Ends it for good. */
  @Override
  void close();
}
