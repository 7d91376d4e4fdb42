package dev.billstep.settings;

/**
 * What the sweeps take away, and when.
 *
 * @param graceHours that a blob is kept after its job is gone
 * @param maxDeletions of blobs in one run
 * @param unstartedMinutes after which an upload whose execution never started is an error
 */
public record SweepSettings(int graceHours, int maxDeletions, int unstartedMinutes) {
  void check() {
    if (graceHours < 1 || maxDeletions < 1 || unstartedMinutes < 1) {
      throw new SettingInvalid(
        "sweep",
        "graceHours, maxDeletions and unstartedMinutes must be 1 or more"
      );
    }
  }
}
