package dev.billstep.infra;

import java.util.Optional;

/**
 * How fast a model may be asked, by its provider's quota. What asks it gets no more concurrency than
 * that needs, so that a burst of uploads waits in the state machine and not in refused calls.
 *
 * @param requestsPerMinute of the account's quota; 0 is no limit
 * @param secondsPerRequest that an answer takes
 */
record ModelRate(int requestsPerMinute, int secondsPerRequest) {
  static final ModelRate UNLIMITED = new ModelRate(0, 0);

  private static final int SECONDS_PER_MINUTE = 60;

  /** Requests that are under way at once when the quota is used up (Little's law); at least one. */
  Optional<Integer> requestsAtOnce() {
    return requestsPerMinute == 0
      ? Optional.empty()
      : Optional.of(Math.max(1, (requestsPerMinute * secondsPerRequest) / SECONDS_PER_MINUTE));
  }
}
