package dev.billstep.failure;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** How long a server asks to be left alone ({@code Retry-After}: RFC 9110, section 10.2.3). */
public final class RetryAfter {

  private RetryAfter() {}

  /**
   * What an answer's headers ask for.
   *
   * @return in seconds; a date is not worth its own clock here, and the backoff does as well
   */
  public static Optional<Duration> in(HttpHeaders headers) {
    return headers
      .firstValue("Retry-After")
      .filter(value -> value.matches("\\d{1,6}"))
      .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
