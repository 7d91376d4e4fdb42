package dev.billstep.doc;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.doctype.DocType;

/** How far a page has come. {@code draft_created} is set by a later phase and never by this one. */
public enum DocStatus {
  /** Read; a draft can be made of it. */
  @JsonProperty("draft_pending")
  DRAFT_PENDING,

  /** Neither a bill nor an e-way bill. */
  @JsonProperty("unknown")
  UNKNOWN;

  static DocStatus of(DocType type) {
    return switch (type) {
      case BILL, EWAY_BILL -> DRAFT_PENDING;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
