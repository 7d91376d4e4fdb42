package dev.billstep.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.json.Json;

/**
 * An error as Step Functions catches it, in the words that a user reads.
 *
 * @param name such as {@code UploadRejected.Empty} or {@code States.Timeout}
 */
public record CaughtError(String name, String sentence) {
  /** Of a cause from outside; the column takes more, a reader does not. */
  private static final int LONGEST_SENTENCE = 1_000;

  /**
   * Names what was caught.
   *
   * @param error an exception's class, or {@code States.…}, {@code Lambda.…}
   * @param cause what comes with it: for a Lambda's error, JSON with {@code errorMessage}
   */
  public static CaughtError of(String error, String cause) {
    return new CaughtError(simpleName(error), sentence(error, cause));
  }

  /** Names a failure that was caught where it happened. */
  public static CaughtError of(PermanentFailure failure) {
    return of(failure.getClass().getName(), String.valueOf(failure.getMessage()));
  }

  /** {@code dev.billstep.page.UploadRejected$Empty} becomes {@code UploadRejected.Empty}. */
  private static String simpleName(String error) {
    return error.startsWith("dev.billstep.")
      ? error.substring(error.lastIndexOf('.') + 1).replace('$', '.')
      : error;
  }

  private static String sentence(String error, String cause) {
    return switch (error) {
      case
        "States.Timeout",
        "Sandbox.Timedout" -> "A step took longer than it may and was stopped. Retry the job; " +
        "if it happens again, split the document into smaller files.";
      case "Lambda.TooManyRequestsException" -> "More pages are being read at once than the account " +
        "allows. Nothing is lost: retry the job when there is less to do.";
      case "States.DataLimitExceeded" -> "The document has more pages than one run can carry. " +
        "Split it into smaller files.";
      case
        "Runtime.OutOfMemory",
        "java.lang.OutOfMemoryError",
        "Runtime.ExitError" -> "A step ran out of memory or was killed. Retry the job; " +
        "if it happens again, split the document into smaller files.";
      default -> {
        var message = message(cause);
        yield message.isBlank() ? "The run failed with %s.".formatted(error) : message;
      }
    };
  }

  /** The message of a Lambda's error, or the cause itself where it is plain text. */
  private static String message(String cause) {
    return shortened(errorMessage(cause));
  }

  private static String errorMessage(String cause) {
    try {
      JsonNode message = Json.mapper().readTree(cause).path("errorMessage");
      return message.isTextual() ? message.asText() : cause;
    } catch (JsonProcessingException notJson) {
      return cause; // Step Functions' own errors explain themselves in plain text.
    }
  }

  private static String shortened(String sentence) {
    return sentence.length() <= LONGEST_SENTENCE
      ? sentence
      : sentence.substring(0, LONGEST_SENTENCE) + "…";
  }
}
