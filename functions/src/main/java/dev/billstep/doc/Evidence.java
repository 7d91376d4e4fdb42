package dev.billstep.doc;

import dev.billstep.doctype.DocType;
import dev.billstep.reading.Classification;
import dev.billstep.reading.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tells how far a page's row can be believed.
 *
 * @param type that the page was taken for
 * @param certainty of that, as the model gave it, from 0 to 1
 * @param findings their codes
 */
public record Evidence(DocType type, double certainty, Set<String> findings) {
  /**
   * Of a page.
   *
   * @param findings of its row
   */
  public static Evidence of(Classification classification, List<Finding> findings) {
    return new Evidence(
      classification.type(),
      classification.confidence(),
      findings.stream().map(Finding::code).collect(Collectors.toUnmodifiableSet())
    );
  }

  /** The log-odds of the certainty, which is never quite 0 or 1. */
  public double certaintyLogOdds() {
    double known = Math.clamp(certainty, 0.01, 0.995);
    return Math.log(known / (1 - known));
  }
}
