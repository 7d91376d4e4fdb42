package dev.billstep.doc;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.doctype.DocType;

/** How far a page has come. {@code draft_created} is set by a later phase and never by this one. */
public enum DocStatus {
  /** Read; a draft can be made of it. */
  @JsonProperty("draft_pending")
  DRAFT_PENDING,

  /** Of no type that a draft could be made of, or not read. */
  @JsonProperty("unknown")
  UNKNOWN;

  static DocStatus of(DocType type) {
    return type == DocType.UNKNOWN ? UNKNOWN : DRAFT_PENDING;
  }
}
