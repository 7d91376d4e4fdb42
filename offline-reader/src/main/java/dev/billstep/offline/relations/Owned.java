package dev.billstep.offline.relations;

import dev.billstep.offline.labels.LabelHit;

/**
 * A value with the label that it belongs to.
 *
 * @param score from 0 to 1, how plain it is that it does, and that the label means the value
 */
public record Owned<T>(Candidate<T> candidate, LabelHit label, double score) {
  public T value() {
    return candidate.value();
  }
}
