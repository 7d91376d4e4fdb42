package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Watches the processes of a stack, starts again those that die, and writes down how they are. One
 * that dies again and again is waited with, twice as long each time.
 */
final class Supervision implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(Supervision.class);

  private final Path run;
  private final Backoff backoff;
  private final Map<String, PartHealth> parts = new LinkedHashMap<>();
  private final List<Thread> watchers = new ArrayList<>();

  /** @param run the folder of the run, where it is written down how its parts are */
  Supervision(Path run, Backoff backoff) {
    this.run = run;
    this.backoff = backoff;
  }

  /**
   * Watches a part from now on.
   *
   * @param afterwards what else has to be done once it is started again; where that fails, it is
   *   started once more
   */
  void watch(Part part, Runnable afterwards) {
    say(PartHealth.running(part, 0));
    watchers.add(
      Thread.ofVirtual()
        .name("watch " + part.name())
        .start(() -> keepRunning(part, afterwards))
    );
  }

  private void keepRunning(Part part, Runnable afterwards) {
    int inARow = 0;
    try {
      while (true) {
        var ran = awaitEnd(part.process());
        inARow = ran.compareTo(backoff.steady()) < 0 ? inARow : 0;
        isDown(part, "its process has ended");
        do {
          Thread.sleep(backoff.before(++inARow));
        } while (!startsAgain(part, afterwards));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a process's end, and says how long it has run while it was waited for. */
  private static Duration awaitEnd(ProcessHandle process) throws InterruptedException {
    long from = System.nanoTime();
    try {
      process.onExit().get();
    } catch (ExecutionException e) {
      throw new StackFailure("The end of process %d can't be seen.".formatted(process.pid()), e);
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private boolean startsAgain(Part part, Runnable afterwards) throws InterruptedException {
    try {
      part.startAgain();
      afterwards.run();
      int restarts = restartsOf(part) + 1;
      LOG.warn("{} had died and was started again, {} times by now", part.name(), restarts);
      say(PartHealth.running(part, restarts));
      return true;
    } catch (RuntimeException failure) {
      // Whatever it was: who watches may not die of it.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("the stack is being closed");
      }
      LOG.error("{} could not be started again", part.name(), failure);
      isDown(part, String.valueOf(failure.getMessage()));
      return false;
    }
  }

  private synchronized int restartsOf(Part part) {
    return health(part).restarts();
  }

  private synchronized void isDown(Part part, String reason) {
    say(health(part).down(reason));
  }

  private PartHealth health(Part part) {
    return Objects.requireNonNull(parts.get(part.name()));
  }

  private synchronized void say(PartHealth health) {
    parts.put(health.name(), health);
    PartHealth.write(run, List.copyOf(parts.values()));
  }

  /** How the parts are, in the order in which they were started. */
  synchronized List<PartHealth> parts() {
    return List.copyOf(parts.values());
  }

  /** Watches no longer: what ends now is meant to. */
  @Override
  public void close() {
    watchers.forEach(Thread::interrupt);
    for (var watcher : watchers) {
      try {
        watcher.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * How long a part is waited with before it is started again.
   *
   * @param first before the first start; twice as long before each that follows right after
   * @param longest no longer than this
   * @param steady whoever has run for so long has not just been started
   */
  record Backoff(Duration first, Duration longest, Duration steady) {
    static final Backoff USUAL = new Backoff(
      Duration.ofMillis(500),
      Duration.ofSeconds(30),
      Duration.ofMinutes(1)
    );

    /** Past this the longest is reached from anything. */
    private static final int DOUBLINGS = 20;

    /** @param inARow the how many-th start it is that follows right after another, from 1 */
    Duration before(int inARow) {
      var wanted = first.multipliedBy(1L << Math.min(inARow - 1, DOUBLINGS));
      return wanted.compareTo(longest) < 0 ? wanted : longest;
    }
  }
}
