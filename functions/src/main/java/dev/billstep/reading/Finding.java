package dev.billstep.reading;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A field that a reviewer should look at. A finding never throws a page away.
 *
 * @param code names the check, such as {@code gstin.checksum}
 * @param path of the field in the fields, as a JSON pointer: {@code /seller/gstin}
 */
public record Finding(String code, String path, String message, Severity severity) {
  /** How much it matters. */
  public enum Severity {
    /** The value can't be right. */
    @JsonProperty("error")
    ERROR,

    /** The value is missing or unusual. */
    @JsonProperty("warning")
    WARNING,
  }
}
