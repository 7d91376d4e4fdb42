package dev.billstep.evaluation;

import dev.billstep.doc.Evidence;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a page was read.
 *
 * @param family of documents that look alike
 * @param wanted the type that it is
 * @param given the type that it was taken for
 * @param isFlagged whether it asks for review
 * @param flags the codes of its findings
 * @param confidence of its row
 * @param evidence that this is from, where it is known
 */
public record PageScore(
  String document,
  int number,
  String family,
  String wanted,
  String given,
  boolean isFlagged,
  Set<String> flags,
  double confidence,
  Optional<Evidence> evidence,
  Map<String, Score> fields
) {
  /** What tells one document from another, and what a draft can't do without. */
  private static final Set<String> IDENTIFYING = Set.of(
    "invoice_number",
    "invoice_date",
    "seller.gstin",
    "buyer.gstin",
    "grand_total",
    "eway_bill_number",
    "generated_at",
    "valid_until",
    "supplier.gstin",
    "recipient.gstin",
    "document_number",
    "document_date",
    "value_of_goods",
    "vehicle_number"
  );

  PageScore withConfidence(double other) {
    return new PageScore(
      document,
      number,
      family,
      wanted,
      given,
      isFlagged,
      flags,
      other,
      evidence,
      fields
    );
  }

  boolean isTaken() {
    return wanted.equals(given);
  }

  /** Whether the type and all that tells the document from others are right. */
  boolean isRight() {
    return isTaken() && identifying().missed() == 0;
  }

  Score identifying() {
    return sum(IDENTIFYING::contains);
  }

  Score cells() {
    return sum(path -> path.contains("[]"));
  }

  Score all() {
    return sum(path -> true);
  }

  private Score sum(Predicate<String> which) {
    return fields
      .entrySet()
      .stream()
      .filter(field -> which.test(field.getKey()))
      .map(Map.Entry::getValue)
      .reduce(Score.NONE, Score::plus);
  }
}
