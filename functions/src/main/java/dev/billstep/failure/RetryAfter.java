package dev.billstep.failure;

import java.time.Duration;
import java.util.Optional;

/** How long a server asks to be left alone ({@code Retry-After}: RFC 9110, section 10.2.3). */
public final class RetryAfter {

  /** The header that has it. */
  public static final String HEADER = "Retry-After";

  private RetryAfter() {}

  /**
   * What a header's value asks for.
   *
   * @param value as it was sent, where it was
   * @return in seconds; a date is not worth its own clock here, and the backoff does as well
   */
  public static Optional<Duration> of(Optional<String> value) {
    return value
      .filter(text -> text.matches("\\d{1,6}"))
      .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
