package dev.billstep.intake;

/**
 * A file that becomes no job.
 *
 * @param name as whoever sends it knows it
 * @param why a sentence: what it is, and what to do
 */
public record LeftOut(String name, String why) {
  @Override
  public String toString() {
    return "%s: %s".formatted(name, why);
  }
}
