package dev.billstep.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.job.ClaimDecision;
import dev.billstep.job.JobId;
import dev.billstep.job.JobNotFound;
import dev.billstep.job.JobNotOwned;
import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.ProcessingRequest;
import dev.billstep.job.Replay;
import dev.billstep.job.ReplayInvalid;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code JobThread} rows behind Supabase; the transactions are SQL functions. */
public final class SupabaseJobStore implements JobStore {

  private static final String JOBS = "JobThread";

  private final SupabaseClient supabase;

  public SupabaseJobStore(SupabaseClient supabase) {
    this.supabase = supabase;
  }

  @Override
  public ClaimDecision claim(
    ProcessingRequest request,
    String execution,
    Duration lease,
    String modelId
  ) {
    return claim(request, arguments(request, execution, lease, modelId));
  }

  @Override
  public ClaimDecision claimWithUpload(
    ProcessingRequest request,
    UploadedObject upload,
    String execution,
    Duration lease,
    String modelId
  ) {
    var arguments = arguments(request, execution, lease, modelId);
    arguments.put("p_upload", upload);
    return claim(request, arguments);
  }

  private static Map<String, Object> arguments(
    ProcessingRequest request,
    String execution,
    Duration lease,
    String modelId
  ) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_job_id", request.jobId());
    arguments.put("p_execution", execution);
    arguments.put("p_lease_seconds", lease.toSeconds());
    arguments.put("p_model_id", modelId);
    switch (request) {
      case ProcessingRequest.Uploaded uploaded -> {
        arguments.put("p_user_id", uploaded.userId());
        arguments.put("p_upload", uploaded.object());
        uploaded.sequencer().ifPresent(order -> arguments.put("p_object_sequencer", order));
      }
      case ProcessingRequest.Replayed replayed -> arguments.put("p_replay", replayed.replay());
      case ProcessingRequest.Retry retry -> {
        // The job knows the rest.
      }
    }
    return arguments;
  }

  private ClaimDecision claim(ProcessingRequest request, Map<String, Object> arguments) {
    var jobId = request.jobId();
    try {
      return claimAnswer(supabase.call("claim_job", arguments));
    } catch (SupabaseRefused refused) {
      throw switch (refused.code()) {
        case SqlState.JOB_NOT_FOUND -> new JobNotFound(jobId);
        case SqlState.JOB_NOT_OWNED -> notOwned(request, refused);
        case SqlState.REQUEST_INVALID -> new ReplayInvalid(jobId, refused.reason());
        default -> refused;
      };
    }
  }

  private static RuntimeException notOwned(ProcessingRequest request, SupabaseRefused refused) {
    return request instanceof ProcessingRequest.Uploaded uploaded
      ? new JobNotOwned(uploaded.jobId(), uploaded.userId())
      : refused;
  }

  private static ClaimDecision claimAnswer(JsonNode answer) {
    var outcome = answer.path("outcome").asText();
    return switch (outcome) {
      case "granted" -> new ClaimDecision.Granted(
        answer.path("token").asText(),
        answer.path("attempt").asInt(),
        UserId.of(answer.path("user_id").asText()),
        Json.mapper().convertValue(answer.path("upload"), UploadedObject.class),
        Optional.of(answer.path("replay"))
          .filter(JsonNode::isObject)
          .map(replay -> Json.mapper().convertValue(replay, Replay.class)),
        types(answer.path("types"))
      );
      case "upload_unknown" -> new ClaimDecision.UploadUnknown(
        UserId.of(answer.path("user_id").asText())
      );
      default -> new ClaimDecision.Declined(
        Json.mapper().convertValue(outcome, ClaimDecision.Reason.class)
      );
    };
  }

  /** A type that this release does not know is left to the model. */
  private static Map<String, DocType> types(JsonNode answer) {
    var types = new LinkedHashMap<String, DocType>();
    answer
      .properties()
      .forEach(page ->
        DocType.ofLabel(page.getValue().asText()).ifPresent(type -> types.put(page.getKey(), type))
      );
    return types;
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

  @Override
  public void park(
    JobRun run,
    String modelId,
    String reason,
    Duration firstProbe,
    Duration longestProbe
  ) {
    FencedCall.make(
      supabase,
      run,
      "park_job",
      Map.of(
        "p_model_id",
        modelId,
        "p_reason",
        reason,
        "p_probe_seconds",
        firstProbe.toSeconds(),
        "p_longest_probe_seconds",
        longestProbe.toSeconds()
      )
    );
  }

  @Override
  public List<JobId> resume(int limit) {
    return supabase
      .call("resume_jobs", Map.of("p_limit", limit))
      .valueStream()
      .map(id -> JobId.of(id.asText()))
      .toList();
  }

  @Override
  public List<JobId> restartable(Optional<JobId> after, int limit) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_limit", limit);
    after.ifPresent(job -> arguments.put("p_after", job));
    return supabase
      .call("restartable_jobs", arguments)
      .valueStream()
      .map(id -> JobId.of(id.asText()))
      .toList();
  }

  @Override
  public List<Overdue> failOverdue(Duration longestWait, int limit) {
    return supabase
      .call(
        "fail_overdue_jobs",
        Map.of("p_longest_wait_seconds", longestWait.toSeconds(), "p_limit", limit)
      )
      .valueStream()
      .map(row -> new Overdue(JobId.of(row.path("job_id").asText()), row.path("error").asText()))
      .toList();
  }

  @Override
  public List<Unstarted> unstarted(Instant from, Instant until, Optional<JobId> after, int limit) {
    var filters = new LinkedHashMap<String, String>();
    filters.put("select", "id,user_id,created_at");
    filters.put("status", "eq.uploaded");
    filters.put("and", "(created_at.gte.%s,created_at.lt.%s)".formatted(from, until));
    after.ifPresent(job -> filters.put("id", "gt." + job));
    return supabase
      .selectFirst(JOBS, "id.asc", filters, limit)
      .stream()
      .map(row ->
        new Unstarted(
          JobId.of(row.path("id").asText()),
          UserId.of(row.path("user_id").asText()),
          OffsetDateTime.parse(row.path("created_at").asText()).toInstant()
        )
      )
      .toList();
  }

  @Override
  public boolean failUnstarted(JobId jobId, String error, String sentence) {
    return supabase
      .call(
        "fail_unstarted_job",
        Map.of("p_job_id", jobId, "p_error", error, "p_error_message", sentence)
      )
      .asBoolean();
  }

  @Override
  public List<JobId> existing(List<JobId> jobIds) {
    var ids = jobIds
      .stream()
      .map(JobId::toString)
      .collect(Collectors.joining(",", "in.(", ")"));
    return supabase
      .select(JOBS, "id.asc", Map.of("select", "id", "id", ids))
      .stream()
      .map(row -> JobId.of(row.path("id").asText()))
      .toList();
  }
}
