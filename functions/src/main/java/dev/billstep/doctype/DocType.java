package dev.billstep.doctype;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** What a page is. */
public enum DocType {
  /** A GST tax invoice, bill of supply or retail bill. */
  @JsonProperty("bill")
  BILL("bill"),

  /** Form EWB-01 (CGST Rules 2017, rule 138). */
  @JsonProperty("eway_bill")
  EWAY_BILL("eway_bill"),

  /** Everything else: letters, packing lists, blank backs. */
  @JsonProperty("unknown")
  UNKNOWN("unknown");

  private final String label;

  DocType(String label) {
    this.label = label;
  }

  /** As stored in the database, and as models are asked to say it. */
  public String label() {
    return label;
  }

  public static Optional<DocType> ofLabel(String label) {
    return Arrays.stream(values())
      .filter(type -> type.label.equals(label))
      .findFirst();
  }
}
