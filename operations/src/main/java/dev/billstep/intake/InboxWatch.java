package dev.billstep.intake;

import dev.billstep.intake.Inbox.Arrival;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Looks at an inbox again and again, until it is closed. */
public final class InboxWatch implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(InboxWatch.class);

  /** Shares in a network tell nobody of changes: they have to be looked at. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What could not be uploaded, or a folder that is gone, is not tried each second. */
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(15);

  private final Inbox inbox;
  private final Thread watching;

  private InboxWatch(Inbox inbox) {
    this.inbox = inbox;
    this.watching = Thread.ofPlatform().name("inbox").daemon().unstarted(this::watch);
  }

  public static InboxWatch start(Inbox inbox) {
    var watch = new InboxWatch(inbox);
    watch.watching.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(look() ? PAUSE : AFTER_TROUBLE);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all went well. */
  private boolean look() {
    try {
      boolean isWell = true;
      for (var arrival : inbox.look()) {
        isWell &= say(arrival);
      }
      return isWell;
    } catch (RuntimeException e) {
      LOG.error("The inbox {} can't be looked through; it is tried again.", inbox.folder(), e);
      return false;
    }
  }

  private static boolean say(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Moved moved -> {
        LOG.info(
          "{} is in {}: {} jobs, {} files left out.",
          moved.name(),
          moved.movedTo(),
          moved.outcome().uploads().size(),
          moved.outcome().leftOut().size()
        );
        yield true;
      }
      case Arrival.Waiting waiting -> {
        LOG.warn("{} can't be uploaded now; it is tried again.", waiting.name(), waiting.why());
        yield false;
      }
    };
  }

  /** What is being uploaded is uploaded to its end, if that takes no longer than a moment. */
  @Override
  public void close() {
    watching.interrupt();
    try {
      watching.join(PAUSE.multipliedBy(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
