package dev.billstep.settings;

import java.time.Duration;

/**
 * How jobs wait for a model that does not answer, or for a batch.
 *
 * @param probeSeconds until the first job is tried again, or the batch is looked for; twice as long after
 *     every try
 * @param longestProbeSeconds between two tries
 * @param longestWaitHours after which a waiting job ends as {@code error}
 */
public record WaitingSettings(int probeSeconds, int longestProbeSeconds, int longestWaitHours) {
  public Duration firstProbe() {
    return Duration.ofSeconds(probeSeconds);
  }

  public Duration longestProbe() {
    return Duration.ofSeconds(longestProbeSeconds);
  }

  /**
   * Until what was sent is asked for again: as long as it has been, so that each wait is twice the one
   * before.
   *
   * @param since it was sent
   */
  public Duration nextLook(Duration since) {
    var soonest = since.compareTo(firstProbe()) < 0 ? firstProbe() : since;
    return soonest.compareTo(longestProbe()) > 0 ? longestProbe() : soonest;
  }

  void check() {
    if (probeSeconds < 1 || longestProbeSeconds < probeSeconds || longestWaitHours < 1) {
      throw new SettingInvalid(
        "waiting",
        "probeSeconds and longestWaitHours must be 1 or more, and longestProbeSeconds not less " +
          "than probeSeconds"
      );
    }
  }
}
