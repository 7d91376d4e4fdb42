package dev.billstep.infra;

import java.util.Optional;

/**
 * How fast a model may be asked, by its provider's quota. The functions that ask it share the
 * concurrency that needs and get no more, so that a burst of uploads waits in the state machine and
 * not in refused calls.
 *
 * @param requestsPerMinute of the account's quota; 0 is no limit
 * @param secondsPerRequest that an answer takes
 */
record ModelRate(int requestsPerMinute, int secondsPerRequest) {
  static final ModelRate UNLIMITED = new ModelRate(0, 0);

  private static final int SECONDS_PER_MINUTE = 60;

  /**
   * Takes a rate.
   *
   * @throws IllegalArgumentException when it can't be turned into requests at once
   */
  ModelRate {
    if (requestsPerMinute < 0 || secondsPerRequest < 0) {
      throw new IllegalArgumentException(
        "modelRequestsPerMinute and secondsPerModelRequest can't be negative."
      );
    }
    if (requestsPerMinute > 0 && secondsPerRequest == 0) {
      throw new IllegalArgumentException(
        "modelRequestsPerMinute needs secondsPerModelRequest beside it: how long an answer takes. " +
          "Add for example -c secondsPerModelRequest=12."
      );
    }
    if (requestsPerMinute > 0 && atOnce(requestsPerMinute, secondsPerRequest) < 2) {
      throw new IllegalArgumentException(
        "With modelRequestsPerMinute=%d and secondsPerModelRequest=%d less than two requests are under way at once: one to classify pages and one to read them. Ask for a higher quota.".formatted(
          requestsPerMinute,
          secondsPerRequest
        )
      );
    }
  }

  /** Requests that are under way at once when the quota is used up (Little's law). */
  private static int atOnce(int requestsPerMinute, int secondsPerRequest) {
    return (requestsPerMinute * secondsPerRequest) / SECONDS_PER_MINUTE;
  }

  /** Of those, what a function gets; empty where there is no limit. All shares together are no more. */
  Optional<Integer> requestsAtOnce(Share share) {
    if (requestsPerMinute == 0) {
      return Optional.empty();
    }
    int all = atOnce(requestsPerMinute, secondsPerRequest);
    int classifying = Math.max(1, (all * Share.CLASSIFICATIONS) / Share.CALLS);
    return Optional.of(
      switch (share) {
        case CLASSIFYING -> classifying;
        case READING -> all - classifying;
      }
    );
  }

  /** What a function asks a model for. */
  enum Share {
    CLASSIFYING,
    READING;

    /** A document of five pages, in batches of four: two calls to classify it, five to read it. */
    private static final int CLASSIFICATIONS = 2;

    private static final int CALLS = 7;
  }
}
