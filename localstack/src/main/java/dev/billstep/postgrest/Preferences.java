package dev.billstep.postgrest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The {@code Prefer} headers of a request (RFC 7240). */
record Preferences(Set<String> wanted) {
  private static final Set<String> KNOWN = Set.of(
    "count=exact",
    "return=minimal",
    "return=representation",
    "resolution=merge-duplicates"
  );

  /**
   * Reads the headers.
   *
   * @throws RestError for a preference that this stand-in can't follow
   */
  static Preferences of(List<String> headers) throws RestError {
    var wanted = new LinkedHashSet<String>();
    for (var header : headers) {
      for (var preference : header.split(",", -1)) {
        if (!KNOWN.contains(preference.strip())) {
          throw RestError.beyondThisStandIn("preference " + preference.strip());
        }
        wanted.add(preference.strip());
      }
    }
    return new Preferences(wanted);
  }

  boolean want(String preference) {
    return wanted.contains(preference);
  }
}
