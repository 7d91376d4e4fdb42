package dev.billstep.settings;

import java.time.Duration;

/**
 * How jobs wait for a model that does not answer.
 *
 * @param probeSeconds until the first job is tried again; twice as long after every failed try
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
