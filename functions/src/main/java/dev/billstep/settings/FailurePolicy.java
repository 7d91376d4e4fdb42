package dev.billstep.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of a job when one of its pages fails for good.
 *
 * @param maxFailedShare of the job's pages, from 0 to 1: with more failed pages the job ends as
 *     {@code error}, with its rows
 */
public record FailurePolicy(OnPageFailure onPageFailure, double maxFailedShare) {
  /** What becomes of the other pages. */
  public enum OnPageFailure {
    /** The first page that fails stops the rest. */
    @JsonProperty("fatal")
    FATAL,

    /** The page's row says why it could not be read; the others go on. */
    @JsonProperty("continue")
    CONTINUE,
  }

  public boolean isFatal() {
    return onPageFailure == OnPageFailure.FATAL;
  }

  /** Whether so many failures are more than a processed job may have. */
  public boolean isTooMany(int failed, int pages) {
    return failed > maxFailedShare * pages;
  }

  void check() {
    if (!(maxFailedShare >= 0 && maxFailedShare <= 1)) {
      throw new SettingInvalid(
        "failure_policy",
        "maxFailedShare must be between 0 and 1, but is " + maxFailedShare
      );
    }
  }
}
