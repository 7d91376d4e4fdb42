package dev.billstep.command;

import dev.billstep.embedded.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line for each step, with its time. A step that is taken alone is named when it begins, so that one
 * sees what is waited for; of steps that are taken at the same time one is, and no line is torn.
 */
final class ConsoleProgress implements Progress {

  private static final double NANOS = 1e9;

  private final PrintWriter err;
  private final List<String> underWay = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private @Nullable String shown;

  ConsoleProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public <T> T step(String name, Supplier<T> step) {
    begin(name);
    long started = System.nanoTime();
    var how = "failed";
    try {
      T result = step.get();
      how = String.format(Locale.ROOT, "%6.1f s", (System.nanoTime() - started) / NANOS);
      return result;
    } finally {
      end(name, how);
    }
  }

  private synchronized void begin(String name) {
    underWay.add(name);
    showOne();
  }

  private synchronized void end(String name, String how) {
    underWay.remove(name);
    if (name.equals(shown)) {
      shown = null;
      err.println(how);
      ended.forEach(err::println);
      ended.clear();
    } else {
      ended.add(beginning(name) + how);
    }
    showOne();
  }

  private void showOne() {
    if (shown == null) {
      underWay
        .stream()
        .findFirst()
        .ifPresent(next -> {
          err.print(beginning(next));
          shown = next;
        });
    }
    err.flush();
  }

  private static String beginning(String name) {
    return String.format(Locale.ROOT, "%-28s", name);
  }
}
