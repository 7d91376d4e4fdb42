package dev.billstep.command;

import dev.billstep.embedded.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** A line for each step, with its time. */
final class ConsoleProgress implements Progress {

  private static final double NANOS = 1e9;

  private final PrintWriter err;

  ConsoleProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public <T> T step(String name, Supplier<T> step) {
    err.printf("%-28s", name);
    err.flush();
    long started = System.nanoTime();
    try {
      T result = step.get();
      err.printf(Locale.ROOT, "%6.1f s%n", (System.nanoTime() - started) / NANOS);
      return result;
    } catch (RuntimeException failure) {
      err.printf("failed%n");
      throw failure;
    } finally {
      err.flush();
    }
  }
}
