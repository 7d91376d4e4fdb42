package dev.billstep.settings;

import java.util.stream.IntStream;

/**
 * How long the database remembers, in days. Rows of jobs and pages are no history: they stay.
 *
 * @param attemptDays after a run has ended, unless it is its job's last
 * @param callDays after a model was called; the job's sums stay
 * @param revisionDays after what a page said was replaced, unless a draft was made of the page
 * @param breakerEventDays after a breaker opened or closed, unless it is its last event
 * @param settingRevisionDays after a setting was changed
 */
public record RetentionSettings(
  int attemptDays,
  int callDays,
  int revisionDays,
  int breakerEventDays,
  int settingRevisionDays
) {
  /** What waiting jobs, breakers and operators look back on is at hand for that long. */
  private static final int LEAST_DAYS = 7;

  void check() {
    if (
      IntStream.of(
        attemptDays,
        callDays,
        revisionDays,
        breakerEventDays,
        settingRevisionDays
      ).anyMatch(days -> days < LEAST_DAYS)
    ) {
      throw new SettingInvalid("retention", "every number of days must be 7 or more");
    }
  }
}
