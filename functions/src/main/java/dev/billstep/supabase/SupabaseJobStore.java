package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.ClaimAnswer;
import dev.billstep.job.JobId;
import dev.billstep.job.JobNotFound;
import dev.billstep.job.JobNotOwned;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code JobThread} rows behind Supabase; the transactions are SQL functions. */
public final class SupabaseJobStore implements JobStore {

  private final SupabaseClient supabase;

  public SupabaseJobStore(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public ClaimAnswer claim(UploadedObject upload, String execution, Duration lease) {
    var key = upload.uploadKey();
    try {
      var answer = supabase.call(
        "claim_job",
        Map.of(
          "p_job_id",
          key.jobId(),
          "p_user_id",
          key.userId(),
          "p_execution",
          execution,
          "p_object_key",
          upload.key(),
          "p_object_version",
          upload.version(),
          "p_lease_seconds",
          lease.toSeconds()
        )
      );
      return claimAnswer(answer);
    } catch (SupabaseRefused refused) {
      throw switch (refused.code()) {
        case SqlState.JOB_NOT_FOUND -> new JobNotFound(key.jobId());
        case SqlState.JOB_NOT_OWNED -> new JobNotOwned(key.jobId(), key.userId());
        default -> refused;
      };
    }
  }

  private static ClaimAnswer claimAnswer(JsonNode answer) {
    return switch (answer.path("outcome").asText()) {
      case "granted" -> new ClaimAnswer.Granted(
        answer.path("token").asText(),
        answer.path("attempt").asInt(),
        UserId.of(answer.path("user_id").asText())
      );
      case "held" -> new ClaimAnswer.Declined(ClaimAnswer.Reason.HELD);
      case "already_processed" -> new ClaimAnswer.Declined(ClaimAnswer.Reason.ALREADY_PROCESSED);
      default -> throw new SupabaseRefused("claim_job", 200, "", "unknown answer " + answer);
    };
  }

  @Override
  public void recordProgress(JobRun run, Progress progress) {
    var change = switch (progress) {
      case Progress.Split(int pageCount) -> Map.of("p_page_count", pageCount);
      case Progress.Classified(List<Integer> pages) -> Map.of("p_classified", pages);
      case Progress.Read(List<Integer> pages) -> Map.of("p_read", pages);
    };
    FencedCall.make(supabase, run, "record_progress", change);
  }

  @Override
  public Optional<JobId> fail(String execution, String error, String sentence) {
    var failed = supabase.call(
      "fail_job",
      Map.of("p_execution", execution, "p_error", error, "p_error_message", sentence)
    );
    return failed.isTextual() ? Optional.of(JobId.of(failed.asText())) : Optional.empty();
  }
}
