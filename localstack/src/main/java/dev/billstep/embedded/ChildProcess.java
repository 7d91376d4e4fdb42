package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that the stack has started, with its output in a file. */
final class ChildProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** After which one that was asked to end is ended. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path log;
  private final Duration stopLimit;

  private ChildProcess(String name, Process process, Path log, Duration stopLimit) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.stopLimit = stopLimit;
  }

  /**
   * Starts a process.
   *
   * @param name for people, as the subject of a sentence
   * @param log gets its output, after what is there
   */
  static ChildProcess start(String name, ProcessBuilder command, Path log) {
    return start(name, command, log, STOP_LIMIT);
  }

  /**
   * As {@link #start(String, ProcessBuilder, Path)}.
   *
   * @param stopLimit after which it is ended, where it was asked to end
   */
  static ChildProcess start(String name, ProcessBuilder command, Path log, Duration stopLimit) {
    try {
      var output = ProcessBuilder.Redirect.appendTo(log.toFile());
      var process = command.redirectErrorStream(true).redirectOutput(output).start();
      return new ChildProcess(name, process, log, stopLimit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the process is ready; ends it where it does not become so. */
  void await(BooleanSupplier ready) {
    var limit = Instant.now().plus(START_LIMIT);
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        close();
        throw new StackFailure("%s did not start; its output is in %s".formatted(name, log));
      }
      pause();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new StackFailure("The start was interrupted.", e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process and all that it has started. */
  @Override
  public void close() {
    var descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
