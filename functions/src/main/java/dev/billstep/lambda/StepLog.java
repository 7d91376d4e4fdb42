package dev.billstep.lambda;

import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.page.Blob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** One log line a step: {@code job_id, page, step, attempt, elapsed_ms, outcome, error}. */
final class StepLog {

  private static final Logger LOG = LogManager.getLogger("dev.billstep");

  private static final int MOST_CAUSES = 5;

  private StepLog() {}

  /** Logs how a step went; the failure itself goes on to the state machine. */
  static <T> T around(Facts facts, Supplier<T> step) {
    long started = System.nanoTime();
    try (var _ = CloseableThreadContext.putAll(facts.keys())) {
      try {
        T result = step.get();
        line(started, Map.of("outcome", "ok"), "step done");
        return result;
      } catch (RuntimeException | Error failure) {
        var error = failure.getClass().getName();
        line(
          started,
          Map.of("outcome", "failed", "error", error),
          "step failed: " + failure.getMessage() + causes(failure)
        );
        throw failure;
      }
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
      LOG.warn("{}: {}", message, failure.getMessage());
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

  private static void line(long started, Map<String, String> keys, String message) {
    var elapsed = Duration.ofNanos(System.nanoTime() - started).toMillis();
    try (var _ = CloseableThreadContext.putAll(keys).put("elapsed_ms", String.valueOf(elapsed))) {
      LOG.info(message);
    }
  }

  /** What a step is about, by key. */
  record Facts(Map<String, String> keys) {
    static Facts of(String step) {
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
