package dev.billstep.samples;

import java.util.Optional;

/**
 * What makes documents other than the usual ones.
 *
 * @param script that names, addresses and headings are in as well
 * @param words that are printed instead of others
 * @param mistyped of the GSTINs, from 0 to 1, how many have a wrong check character in print
 */
public record Manner(Optional<Script> script, UnfamiliarWords words, double mistyped) {
  /** In English, with the words of programs that are met, and without a slip. */
  public static final Manner USUAL = new Manner(Optional.empty(), UnfamiliarWords.NONE, 0);
}
