package dev.billstep.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user may do: each what those before it may, and more. */
public enum Role {
  /** Looks at pages, corrects them, decides about them, and exports. */
  REVIEWER,
  /** Also uploads, and says what is run, stopped and read again. */
  OPERATOR;

  /** Whether whoever has it may do what another one is needed for. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
