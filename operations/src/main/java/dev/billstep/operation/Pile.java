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

  /** PostgREST's query parameters that leave its pages. */
  Map<String, String> filters() {
    return switch (this) {
      case FLAGGED -> Map.of("needs_review", "eq.true", "doc_type", "neq.unknown");
      case UNKNOWN -> Map.of("doc_type", "eq.unknown");
      case CLEAR -> Map.of("needs_review", "eq.false", "doc_type", "neq.unknown");
    };
  }
}
