package dev.billstep.review;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the page offers to whoever has it open. */
enum May {
  /** To correct pages and to decide about them. */
  DECIDE,
  /** To say what a page is, and have it read again. */
  REREAD,
  /** To upload, retry, replay, cancel and delete. */
  RUN,
  /** To change one's password. */
  PASSWORD;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
