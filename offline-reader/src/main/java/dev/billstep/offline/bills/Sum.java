package dev.billstep.offline.bills;

import dev.billstep.offline.tokens.Phrase;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An amount that may be one of a bill's totals.
 *
 * @param words that it was read from; none where it is the sum of other amounts
 * @param score how plainly it is that total, from 0 to 1
 */
record Sum(Role role, BigDecimal value, Optional<Phrase> words, double score) {
  static Sum printed(Role role, BigDecimal value, Phrase words, double score) {
    return new Sum(role, value, Optional.of(words), score);
  }

  static Sum computed(Role role, BigDecimal value, double score) {
    return new Sum(role, value, Optional.empty(), score);
  }

  /** What a total is of. */
  enum Role {
    TAXABLE,
    CGST,
    SGST,
    IGST,
    CESS,
    TAX,
    DISCOUNT,
    CHARGES,
    ROUND_OFF,
    GRAND,
    /** Nothing says. */
    ANY,
  }
}
