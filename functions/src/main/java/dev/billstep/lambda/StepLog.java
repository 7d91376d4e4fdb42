package dev.billstep.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.page.Blob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One log line a step: {@code job_id, page, step, attempt, elapsed_ms, outcome, error}, and the stack
 * trace of what was not foreseen.
 */
public final class StepLog {

  private static final Logger LOG = LogManager.getLogger("dev.billstep");

  private static final int MOST_CAUSES = 5;

  /** Set by the runtime's client for each invocation (its source, {@code EventHandlerLoader}). */
  private static final String TRACE = "com.amazonaws.xray.traceHeader";

  private static final AtomicBoolean IS_COLD = new AtomicBoolean(true);

  private StepLog() {}

  /** Logs how a step went; the failure itself goes on to the state machine. */
  static <T> T around(Facts facts, Supplier<T> step) {
    long started = System.nanoTime();
    try (var _ = CloseableThreadContext.putAll(facts.keys())) {
      try {
        T result = step.get();
        try (
          var _ = CloseableThreadContext.putAll(
            Map.of("outcome", "ok", "elapsed_ms", elapsed(started))
          )
        ) {
          LOG.info("step done");
        }
        return result;
      } catch (RuntimeException | Error failure) {
        failed(started, failure);
        throw failure;
      }
    }
  }

  /**
   * Has all lines of an invocation say which it was: {@code function_name, function_request_id,
   * cold_start, xray_trace_id}, as Powertools names them.
   */
  static <T> T invokedAs(Context invocation, Supplier<T> step) {
    var keys = new HashMap<String, String>();
    keys.put("function_name", invocation.getFunctionName());
    keys.put("function_request_id", invocation.getAwsRequestId());
    keys.put("cold_start", String.valueOf(IS_COLD.getAndSet(false)));
    Optional.ofNullable(System.getProperty(TRACE))
      .map(header -> header.split(";", 2)[0].replace("Root=", ""))
      .ifPresent(trace -> keys.put("xray_trace_id", trace));
    try (var _ = CloseableThreadContext.putAll(keys)) {
      return step.get();
    }
  }

  /** What a user is not told: what the library said that tripped over a file. */
  private static String causes(Throwable failure) {
    var causes = new StringBuilder();
    int left = MOST_CAUSES;
    for (var cause = failure.getCause(); cause != null && left > 0; cause = cause.getCause()) {
      causes.append("; because of ").append(cause);
      left--;
    }
    return causes.toString();
  }

  /** Logs a failure that does not end the step. */
  static void note(String message, Exception failure) {
    try (var _ = CloseableThreadContext.put("error", failure.getClass().getName())) {
      if (isForeseen(failure)) {
        LOG.warn("{}: {}", message, failure.getMessage());
      } else {
        LOG.warn("{}: {}", message, failure.getMessage(), failure);
      }
    }
  }

  /** Logs that an orphan was deleted, or would have been. */
  static void deletion(Blob blob, boolean dryRun) {
    try (
      var _ = CloseableThreadContext.put("job_id", blob.jobId().toString()).put("key", blob.key())
    ) {
      LOG.info(dryRun ? "an orphan would be deleted" : "an orphan was deleted");
    }
  }

  private static void failed(long started, Throwable failure) {
    var error = failure.getClass().getName();
    var keys = Map.of("outcome", "failed", "error", error, "elapsed_ms", elapsed(started));
    try (var _ = CloseableThreadContext.putAll(keys)) {
      if (isForeseen(failure)) {
        LOG.info("step failed: {}{}", failure.getMessage(), causes(failure));
      } else {
        LOG.error("step failed: {}", failure.getMessage(), failure);
      }
    }
  }

  /** Says all by its name and sentence; of any other failure it must be known where it came from. */
  static boolean isForeseen(Throwable failure) {
    return failure instanceof PermanentFailure || failure instanceof TransientFailure;
  }

  private static String elapsed(long started) {
    return String.valueOf(Duration.ofNanos(System.nanoTime() - started).toMillis());
  }

  /** What a step is about, by key. */
  public record Facts(Map<String, String> keys) {
    public static Facts of(String step) {
      return new Facts(Map.of("step", step));
    }

    /**
     * Of a step that works for no run.
     *
     * @param error that the step is about
     */
    static Facts of(String step, String error) {
      return new Facts(Map.of("step", step, "cause", error));
    }

    /** Of a step before a run. */
    static Facts of(String step, Optional<JobId> jobId) {
      return jobId
        .map(id -> new Facts(Map.of("step", step, "job_id", id.toString())))
        .orElseGet(() -> of(step));
    }

    static Facts of(String step, JobRun run) {
      return new Facts(
        Map.of("step", step, "job_id", run.jobId().toString(), "attempt", "" + run.attempt())
      );
    }

    static Facts of(String step, JobRun run, List<Integer> pages) {
      return new Facts(
        Map.of(
          "step",
          step,
          "job_id",
          run.jobId().toString(),
          "attempt",
          "" + run.attempt(),
          "page",
          pages.stream().map(String::valueOf).collect(Collectors.joining(","))
        )
      );
    }
  }
}
