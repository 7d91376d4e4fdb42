package dev.billstep.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.Optional;

/** Ends a job as {@code error}, with a sentence in place of whatever the state machine caught. */
public final class FailJob {

  /** Of a cause from outside; the column takes more, a reader does not. */
  private static final int LONGEST_SENTENCE = 1_000;

  private final JobStore jobs;

  public FailJob(JobStore jobs) {
    this.jobs = jobs;
  }

  /**
   * Ends the job of a failed execution.
   *
   * @param execution the ARN of the execution that failed
   * @param error the error's name as Step Functions gives it: an exception's class, or {@code
   *     States.…}, {@code Lambda.…}
   * @param cause what comes with it: for a Lambda's error, JSON with {@code errorMessage}
   * @return the failure as it was recorded; without a job where the execution held none
   */
  public Recorded fail(String execution, String error, String cause) {
    var name = simpleName(error);
    var sentence = sentence(error, cause);
    return new Recorded(jobs.fail(execution, name, sentence), name, sentence);
  }

  /** The error's name and sentence as {@code JobThread} holds them. */
  public record Recorded(Optional<JobId> jobId, String error, String sentence) {}

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
      case "States.DataLimitExceeded" -> "The document has more pages than one run can carry. " +
        "Split it into smaller files.";
      case
        "Runtime.OutOfMemory",
        "Runtime.ExitError" -> "A step ran out of memory or was killed. Retry the job; " +
        "if it happens again, split the document into smaller files.";
      default -> {
        var message = errorMessage(cause);
        var sentence = message.isBlank() ? "The run failed with %s.".formatted(error) : message;
        yield sentence.length() <= LONGEST_SENTENCE
          ? sentence
          : sentence.substring(0, LONGEST_SENTENCE) + "…";
      }
    };
  }

  private static String errorMessage(String cause) {
    try {
      JsonNode message = Json.mapper().readTree(cause).path("errorMessage");
      return message.isTextual() ? message.asText() : cause;
    } catch (JsonProcessingException notJson) {
      return cause; // Step Functions' own errors explain themselves in plain text.
    }
  }
}
