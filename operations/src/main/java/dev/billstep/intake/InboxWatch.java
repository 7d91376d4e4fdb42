package dev.billstep.intake;

import dev.billstep.intake.Inbox.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Looks at an inbox again and again, until it is closed. */
public final class InboxWatch implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(InboxWatch.class);

  /** Shares in a network tell nobody of changes: they have to be looked at. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What could not be uploaded, or a folder that is gone, is not tried each second. */
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(15);

  /** As often as people look. */
  private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);

  private final Inbox inbox;
  private final Optional<Mailbox> mailbox;
  private final Thread watching;
  private Instant fetched = Instant.EPOCH;

  private InboxWatch(Inbox inbox, Optional<Mailbox> mailbox) {
    this.inbox = inbox;
    this.mailbox = mailbox;
    this.watching = Thread.ofPlatform().name("inbox").daemon().unstarted(this::watch);
  }

  /**
   * Starts looking.
   *
   * @param mailbox whose letters come into the inbox too
   */
  public static InboxWatch start(Inbox inbox, Optional<Mailbox> mailbox) {
    var watch = new InboxWatch(inbox, mailbox);
    watch.watching.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        mailbox.ifPresent(this::fetch);
        Thread.sleep(look() ? PAUSE : AFTER_TROUBLE);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void fetch(Mailbox letters) {
    if (fetched.plus(BETWEEN_FETCHES).isAfter(Instant.now())) {
      return;
    }
    fetched = Instant.now();
    try {
      int count = letters.fetch(inbox);
      if (count > 0) {
        LOG.info("{} letters are in the inbox.", count);
      }
    } catch (Mailbox.Unreachable | IOException e) {
      LOG.warn("No letters can be fetched; it is tried again. {}", e.getMessage());
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
