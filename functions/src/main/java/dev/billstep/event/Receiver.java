package dev.billstep.event;

import java.time.Duration;
import java.util.Optional;

/** Port: somebody who wants to be told, and takes an event that they have already for the same one. */
public interface Receiver {
  /** By which it is noted who has an event: it stays. */
  String name();

  /** Tells them, once. */
  Answer tell(Event event);

  /** What came of it. */
  sealed interface Answer {
    /** They have it. */
    record Taken() implements Answer {}

    /**
     * They don't have it, or did not say so.
     *
     * @param why a sentence
     * @param notBefore how long they ask not to be told again
     */
    record NotTaken(String why, Optional<Duration> notBefore) implements Answer {
      public NotTaken(String why) {
        this(why, Optional.empty());
      }
    }

    /**
     * They don't want it, now or later.
     *
     * @param why a sentence
     */
    record NotWanted(String why) implements Answer {}
  }
}
