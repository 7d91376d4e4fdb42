package dev.billstep.settings;

/**
 * How many of a job's pages are worked on at once.
 *
 * @param batches classified and read at once
 * @param pages of one batch read at once
 */
public record Concurrency(int batches, int pages) {
  void check() {
    if (batches < 1 || pages < 1) {
      throw new SettingInvalid("concurrency", "batches and pages must be 1 or more");
    }
  }
}
