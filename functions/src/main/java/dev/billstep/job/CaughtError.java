package dev.billstep.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.json.Json;
import dev.billstep.text.StorableText;
import java.util.regex.Pattern;

/**
 * An error as Step Functions catches it, in the words that a user reads.
 *
 * @param name such as {@code UploadRejected.Empty} or {@code States.Timeout}
 */
public record CaughtError(String name, String sentence) {
  /** Of a cause from outside; the column takes more, a reader does not. */
  private static final int LONGEST_SENTENCE = 1_000;

  private static final String OUR_CLASSES = "dev.billstep.";

  /** Of a class within another one, by its simple names; services name theirs in the same way. */
  private static final Pattern OF_OUR_CLASS = Pattern.compile(
    "(?!States\\.|Lambda\\.|Runtime\\.|Sandbox\\.)[A-Z]\\w*\\.[A-Z]\\w*"
  );

  private static final String UNFORESEEN =
    "Something went wrong that Billstep was not prepared for. Retry the job; if it happens again, " +
    "tell whoever runs Billstep.";

  /** Never without a sentence: an end that says nothing helps nobody. */
  public CaughtError {
    name = StorableText.of(name);
    sentence = StorableText.of(sentence);
    sentence = sentence.isBlank() || sentence.equals("null") ? UNFORESEEN : sentence;
  }

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
    return error.startsWith(OUR_CLASSES)
      ? error.substring(error.lastIndexOf('.') + 1).replace('$', '.')
      : error;
  }

  private static String sentence(String error, String cause) {
    return switch (error) {
      case
        "States.Timeout",
        "Sandbox.Timedout" -> "A step took too long and was stopped. Retry the job; " +
        "if it happens again, split the document into smaller files.";
      case "Lambda.TooManyRequestsException" -> "More pages are being read at once than the account " +
        "allows. Nothing is lost: retry the job when there is less to do.";
      case "States.DataLimitExceeded" -> "The document has more pages than one run can handle. " +
        "Split it into smaller files.";
      case
        "Runtime.OutOfMemory",
        "java.lang.OutOfMemoryError",
        "Runtime.ExitError" -> "A step ran out of memory or was killed. Retry the job; " +
        "if it happens again, split the document into smaller files.";
      case "dev.billstep.supabase.SupabaseRefused" -> "The database refused what was to be written. " +
        "Retry the job; if it happens again, tell whoever runs Billstep.";
      case "dev.billstep.supabase.SupabaseUnavailable" -> "The database did not answer, however " +
        "often it was asked. Retry the job later.";
      case "dev.billstep.supabase.SupabaseKeyRefused" -> "The database did not accept Billstep's key, " +
        "however often it was asked. Tell whoever runs Billstep, and retry the job when the key is replaced.";
      case "dev.billstep.page.StorageUnavailable" -> "The store of uploads and pages did not " +
        "answer, however often it was asked. Retry the job later.";
      default -> isOurs(error) ? message(cause) : UNFORESEEN;
    };
  }

  /**
   * Whether its message is a sentence of ours: {@code dev.billstep.page.UploadRejected$Empty}, or
   * {@code UploadRejected.Empty} where it has been named before. What Java, a library, Lambda or Step
   * Functions say is for operators: it is in the log and in the execution's history.
   */
  private static boolean isOurs(String error) {
    return (
      error.startsWith(OUR_CLASSES) ||
      (!error.isEmpty() && error.chars().allMatch(Character::isJavaIdentifierPart)) ||
      OF_OUR_CLASS.matcher(error).matches()
    );
  }

  /** The message of a Lambda's error, or the cause itself where it is plain text. */
  private static String message(String cause) {
    return StorableText.shortened(StorableText.of(errorMessage(cause)), LONGEST_SENTENCE);
  }

  private static String errorMessage(String cause) {
    try {
      JsonNode json = Json.mapper().readTree(cause);
      return json.isObject() ? json.path("errorMessage").asText("") : cause;
    } catch (JsonProcessingException notJson) {
      return cause; // Step Functions' own errors explain themselves in plain text.
    }
  }
}
