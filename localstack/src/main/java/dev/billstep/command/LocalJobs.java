package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.StackAccess;
import dev.billstep.job.JobId;
import dev.billstep.job.Replay;
import dev.billstep.job.UploadKey;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.review.JobReport;
import dev.billstep.supabase.SupabaseClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the phase before this one does for a user: makes the job, uploads the file, looks at it. */
public final class LocalJobs {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");

  private static final Duration CLAIM_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  /** What a request's address has room for: they take 37 characters each. */
  private static final int IDS_A_REQUEST = 100;

  private final StackAccess stack;
  private final SupabaseClient supabase;

  public LocalJobs(StackAccess stack) {
    this.stack = stack;
    this.supabase = stack.supabase();
  }

  /** Has jobs read by a model from now on: the {@code model} setting. */
  void readBy(Map<String, Object> model) {
    supabase.upsert("Settings", Map.of("key", "model", "value", model));
  }

  /** Makes a job and uploads its file; the rest is the state machine's. */
  public JobId upload(Path file) {
    var jobId = make(file);
    upload(jobId, file);
    return jobId;
  }

  /** Makes a job for a file that is not uploaded yet. */
  public JobId make(Path file) {
    var jobId = new JobId(UUID.randomUUID());
    var name = String.valueOf(file.getFileName());
    supabase.insert("JobThread", Map.of("id", jobId, "user_id", USER, "file_name", name));
    return jobId;
  }

  /** Uploads a job's file, or another version of it. */
  public UploadKey upload(JobId jobId, Path file) {
    var key = new UploadKey(USER, jobId, String.valueOf(file.getFileName()));
    try (var s3 = stack.s3()) {
      s3.putObject(
        request -> request.bucket(stack.uploadBucket()).key(key.toString()),
        RequestBody.fromFile(file)
      );
    }
    return key;
  }

  /**
   * Puts what a job has left below a folder: its rows, and its images where they are not there yet.
   *
   * @return the file with the rows
   */
  Path keep(JobId jobId, List<JsonNode> docs, Path storage) {
    var folder = storage.resolve("jobs").resolve(jobId.toString());
    try {
      Files.createDirectories(folder);
      for (var doc : docs) {
        var image = folder.resolve("page-%d.png".formatted(doc.path("page_number").asInt()));
        if (!Files.exists(image)) {
          Files.write(image, stack.fetchPage(URI.create(doc.path("storage_uri").asText())));
        }
      }
      var json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(docs);
      return Files.write(folder.resolve("docs.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the logs of the stack are. */
  Path logs() {
    return stack.folder();
  }

  public JobState state(JobId jobId) {
    return JobState.of(row(jobId));
  }

  /** The {@code JobThread} row. */
  JsonNode row(JobId jobId) {
    return supabase.selectOne("JobThread", Map.of("id", "eq." + jobId)).orElseThrow();
  }

  /** The job's {@code Doc} rows, by page. */
  public List<JsonNode> docs(JobId jobId) {
    return supabase.select("Doc", "page_number.asc", Map.of("job_thread_id", "eq." + jobId));
  }

  /** All jobs, the newest first. */
  List<JsonNode> all() {
    return supabase.select("JobThread", "created_at.desc,id.desc", Map.of());
  }

  /** What was asked of models for the job, in the order in which it was noted. */
  List<JsonNode> calls(JobId jobId) {
    return supabase.select(
      "ModelCall",
      "created_at.asc,id.asc",
      Map.of("job_thread_id", "eq." + jobId)
    );
  }

  /** The job as a page for reviewers. */
  JobReport report(JobId jobId) {
    var docs = docs(jobId);
    return new JobReport(row(jobId), docs, calls(jobId), revisions(docs));
  }

  /** By a row's id, how often it has said something else before. */
  private Map<String, Long> revisions(List<JsonNode> docs) {
    return docs
      .stream()
      .map(doc -> doc.path("id").asText())
      .gather(Gatherers.windowFixed(IDS_A_REQUEST))
      .map(ids -> Map.of("select", "doc_id", "doc_id", "in.(%s)".formatted(String.join(",", ids))))
      .flatMap(filters -> supabase.select("DocRevision", "id.asc", filters).stream())
      .collect(Collectors.groupingBy(row -> row.path("doc_id").asText(), Collectors.counting()));
  }

  byte[] page(URI uri) {
    return stack.fetchPage(uri);
  }

  /**
   * Has the job run again, and waits until the new run has it: who looks at the job then sees that
   * run and not the one before. A run that finds nothing to do, or may not run yet, never has it.
   *
   * @param replay what is to be otherwise; nothing, where it is to be tried again
   * @return the execution's ARN
   */
  String start(JobId jobId, Optional<Replay> replay) {
    var request = new LinkedHashMap<String, Object>();
    request.put("jobId", jobId);
    replay.ifPresent(wanted -> request.put("replay", wanted));
    int before = attempt(jobId);
    try (var sfn = stack.sfn()) {
      var execution = sfn
        .startExecution(start ->
          start.stateMachineArn(stack.stateMachineArn()).input(Json.text(request))
        )
        .executionArn();
      var limit = Instant.now().plus(CLAIM_LIMIT);
      while (attempt(jobId) == before && Instant.now().isBefore(limit)) {
        Pause.take(POLL);
      }
      return execution;
    }
  }

  private int attempt(JobId jobId) {
    return row(jobId).path("attempt").asInt();
  }

  /** Stops the execution that holds the job; its status becomes {@code error}. */
  void stop(JobId jobId) {
    var execution = row(jobId).path("execution").asText("");
    try (var sfn = stack.sfn()) {
      sfn.stopExecution(stop ->
        stop.executionArn(execution).error("Cancelled").cause("stopped by an operator")
      );
    }
  }
}
