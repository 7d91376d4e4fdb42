package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Box;

/**
 * A column.
 *
 * @param key what stands in it, {@code other} where the heading is not known
 * @param heading as printed
 * @param box of the heading
 */
public record Column(String key, String heading, Box box) {
  Column named(String other) {
    return new Column(other, heading, box);
  }
}
