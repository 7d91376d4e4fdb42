package dev.billstep.event;

import java.time.Duration;
import java.util.Set;

/** How an attempt to send an event went. */
public sealed interface Settlement {
  /** Receivers that have it by now. */
  Set<String> takenBy();

  /** Everybody has it. */
  record Sent(Set<String> takenBy) implements Settlement {}

  /** There was nobody to tell. */
  record Unwanted() implements Settlement {
    @Override
    public Set<String> takenBy() {
      return Set.of();
    }
  }

  /**
   * It is tried again.
   *
   * @param failure a sentence: why somebody does not have it
   */
  record Later(Set<String> takenBy, String failure, Duration after) implements Settlement {}

  /** It is not tried again, unless somebody asks for it. */
  record GivenUp(Set<String> takenBy, String failure) implements Settlement {}
}
