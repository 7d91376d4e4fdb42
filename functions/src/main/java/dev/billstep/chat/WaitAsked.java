package dev.billstep.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What a provider that refuses a call says of when to ask again: beside the answer, because langchain4j
 * keeps its text alone.
 */
final class WaitAsked extends Exception {

  private static final long serialVersionUID = 1L;

  /** RFC 9110, "Retry-After"; OpenAI's and Anthropic's "Rate limits". */
  static final String HEADER = "Retry-After";

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,9})?)s?");

  private final String header;

  WaitAsked(String header) {
    super(HEADER + ": " + header);
    this.header = header;
  }

  /** Of a failure that has one behind it. */
  static Optional<Duration> behind(Throwable failure, Instant now) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
      .flatMap(cause -> header(cause).stream())
      .findFirst()
      .flatMap(text -> ofHeader(text, now));
  }

  private static Optional<String> header(Throwable cause) {
    return switch (cause) {
      case WaitAsked asked -> Optional.of(asked.header);
      case AwsServiceException aws when aws.awsErrorDetails() != null -> Optional.ofNullable(
        aws.awsErrorDetails().sdkHttpResponse()
      ).flatMap(response -> response.firstMatchingHeader(HEADER));
      default -> Optional.empty();
    };
  }

  /** Seconds, or a date. */
  private static Optional<Duration> ofHeader(String text, Instant now) {
    return seconds(text.strip()).or(() -> until(text.strip(), now));
  }

  /** Of the details of Google's errors ({@code google.rpc.RetryInfo}: {@code "retryDelay": "37s"}). */
  static Optional<Duration> ofDetails(JsonNode error) {
    return error
      .path("details")
      .valueStream()
      .map(detail -> detail.path("retryDelay").asText())
      .flatMap(text -> seconds(text).stream())
      .findFirst();
  }

  private static Optional<Duration> seconds(String text) {
    var match = SECONDS.matcher(text);
    return match.matches()
      ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(match.group(1)) * 1_000)))
      : Optional.empty();
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      var then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then.isBefore(now) ? now : then));
    } catch (DateTimeException neitherSecondsNorADate) {
      return Optional.empty();
    }
  }
}
