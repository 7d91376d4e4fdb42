package dev.billstep.operation;

import java.util.Map;

/** What reviewers work through. */
public enum Pile {
  /** Pages that were read, and that somebody should look at. */
  FLAGGED,

  /** Pages that nobody knows what they are. */
  UNKNOWN,

  /** Pages that nothing is known against, and nobody has approved. */
  CLEAR;

  /** The other pages of a document are looked at with its first. */
  private static final String FIRST_PAGES = "is.null";

  /** PostgREST's query parameters that leave its pages. */
  Map<String, String> filters() {
    return switch (this) {
      case FLAGGED -> Map.of(
        "needs_review",
        "eq.true",
        "doc_type",
        "neq.unknown",
        "head_id",
        FIRST_PAGES
      );
      case UNKNOWN -> Map.of("doc_type", "eq.unknown", "head_id", FIRST_PAGES);
      case CLEAR -> Map.of(
        "needs_review",
        "eq.false",
        "doc_type",
        "neq.unknown",
        "head_id",
        FIRST_PAGES
      );
    };
  }
}
