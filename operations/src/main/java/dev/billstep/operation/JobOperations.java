package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.job.Replay;
import dev.billstep.job.UploadKey;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.stack.DeployedStack;
import dev.billstep.storage.PrivateFolder;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseJobStore;
import dev.billstep.text.StorableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * What is done with the jobs of a stack: making them as the phase before this one does, looking at
 * them, and having them run again or no longer.
 */
public final class JobOperations {

  /** Whose jobs they are where nobody says whose. */
  public static final UserId LOCAL_USER = UserId.of("00000000-0000-4000-8000-000000000001");

  private static final Duration CLAIM_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final int LONGEST_SHOWN_NAME = 60;

  /** The error of a job that was cancelled. */
  private static final String CANCELLED = "Cancelled";

  private static final String JOBS = "JobThread";
  private static final String NEWEST_FIRST = "created_at.desc,id.desc";
  private static final String FIRST_ID = "00000000-0000-0000-0000-000000000000";
  private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  private final DeployedStack stack;
  private final SupabaseClient supabase;
  private final JobRows rows;
  private final PageFiles files;

  public JobOperations(DeployedStack stack) {
    this.stack = stack;
    this.supabase = stack.supabase();
    this.rows = new JobRows(supabase);
    this.files = PageFiles.of(stack);
  }

  /** What is known of its jobs. */
  public JobRows rows() {
    return rows;
  }

  /** Has jobs read by a model from now on: the {@code model} setting. */
  public void readBy(Map<String, Object> model) {
    supabase.upsert("Settings", Map.of("key", "model", "value", model));
  }

  /**
   * Makes a job of a user and uploads its file; the rest is the state machine's.
   *
   * @param name of the file, as the user knows it
   * @throws OperationRefused where there can be no object of that name
   */
  public JobId upload(Path file, String name, UserId user) {
    var key = checked(new UploadKey(user, new JobId(UUID.randomUUID()), name));
    make(key);
    put(key, file);
    return key.jobId();
  }

  /**
   * Makes a job of an id and uploads its file, unless that was done before.
   *
   * @param name of the file, as the user knows it
   * @throws OperationRefused where there can be no object of that name
   */
  public void uploadOnce(JobId id, Path file, String name, UserId user) {
    var key = checked(new UploadKey(user, id, name));
    var known = supabase.selectOne(JOBS, Map.of("id", "eq." + id)).map(JobState::of);
    if (known.isEmpty()) {
      make(key);
    }
    // Of a job that was claimed the file is there, or was and is gone by the retention.
    if (known.map(JobState::isUnclaimed).orElse(true) && !isStored(key)) {
      put(key, file);
    }
  }

  private boolean isStored(UploadKey key) {
    try (var s3 = stack.s3()) {
      s3.headObject(request -> request.bucket(stack.outputs().uploadBucket()).key(key.toString()));
      return true;
    } catch (NoSuchKeyException none) {
      return false;
    }
  }

  private static UploadKey checked(UploadKey key) {
    if (!UploadKey.find(key.toString()).equals(Optional.of(key))) {
      throw new OperationRefused(
        Reason.INVALID,
        (
          "A file can't be called \"%s\" in the upload bucket. Rename it: a name is no longer than " +
          "some 900 characters, and has neither a slash nor a character that can't be stored."
        ).formatted(StorableText.shortened(StorableText.of(key.fileName()), LONGEST_SHOWN_NAME))
      );
    }
    return key;
  }

  /** Makes a job for a file that is not uploaded yet. */
  public JobId make(Path file) {
    var jobId = new JobId(UUID.randomUUID());
    make(new UploadKey(LOCAL_USER, jobId, String.valueOf(file.getFileName())));
    return jobId;
  }

  private void make(UploadKey key) {
    supabase.insert(
      JOBS,
      Map.of("id", key.jobId(), "user_id", key.userId(), "file_name", key.fileName())
    );
  }

  /** Uploads a job's file, or another version of it. */
  public UploadKey upload(JobId jobId, Path file) {
    var key = new UploadKey(LOCAL_USER, jobId, String.valueOf(file.getFileName()));
    put(key, file);
    return key;
  }

  private void put(UploadKey key, Path file) {
    try (var s3 = stack.s3()) {
      s3.putObject(
        request -> request.bucket(stack.outputs().uploadBucket()).key(key.toString()),
        RequestBody.fromFile(file)
      );
    }
  }

  /**
   * Puts what a job has left below a folder: its rows, and the images that they were read from.
   *
   * @return the file with the rows
   */
  public Path keep(JobId jobId, List<JsonNode> docs, Path storage) {
    var folder = storage.resolve("jobs").resolve(jobId.toString());
    try {
      PrivateFolder.make(folder);
      for (var doc : docs) {
        var file = folder.resolve("page-%d.png".formatted(doc.path("page_number").asInt()));
        var image = image(doc);
        if (image.isPresent()) {
          Files.write(file, image.get());
        }
      }
      var json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(docs);
      return Files.write(folder.resolve("docs.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The job that is meant.
   *
   * @param given its id, or the beginning of it that no other job has
   * @throws OperationRefused where there is none, or more than one
   */
  public JobId find(String given) {
    var begin = given.toLowerCase(Locale.ROOT);
    if (!begin.matches("[0-9a-f-]{1,36}")) {
      throw JobRows.noSuchJob(given);
    }
    var range = "(id.gte.%s,id.lte.%s)".formatted(
      begin + FIRST_ID.substring(begin.length()),
      begin + LAST_ID.substring(begin.length())
    );
    var fitting = supabase.select(JOBS, "id.asc", Map.of("select", "id", "and", range));
    return switch (fitting.size()) {
      case 0 -> throw JobRows.noSuchJob(given);
      case 1 -> JobId.of(fitting.getFirst().path("id").asText());
      default -> throw new OperationRefused(
        Reason.INVALID,
        "\"%s\" is the beginning of %d job ids: give more of it.".formatted(given, fitting.size())
      );
    };
  }

  /**
   * Copies the file that a job was read from.
   *
   * @param to a file that is not there yet
   * @return its name as its user knows it; empty where it is gone, by the retention or because nobody has claimed it
   */
  public Optional<String> copyUpload(JobId jobId, Path to) {
    var read = row(jobId).path("upload");
    if (!read.isObject()) {
      return Optional.empty();
    }
    var upload = Json.mapper().convertValue(read, UploadedObject.class);
    try (var s3 = stack.s3()) {
      s3.getObject(
        request ->
          request
            .bucket(upload.bucket())
            .key(upload.key())
            .versionId(upload.versionId().orElse(null)),
        to
      );
      return Optional.of(upload.uploadKey().fileName());
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  public JobState state(JobId jobId) {
    return JobState.of(row(jobId));
  }

  /** The {@code JobThread} row. */
  public JsonNode row(JobId jobId) {
    return rows.row(jobId);
  }

  /** The job's {@code Doc} rows, by page. */
  public List<JsonNode> docs(JobId jobId) {
    return rows.docs(jobId);
  }

  /**
   * One page's {@code Doc} row.
   *
   * @throws OperationRefused where the job has no such page
   */
  public JsonNode doc(JobId jobId, int page) {
    return rows.doc(jobId, page);
  }

  /**
   * The image that a row was read from, a PNG; none of a page that could not be drawn.
   *
   * @param row a {@code Doc} or {@code DocRevision}
   * @throws dev.billstep.page.BlobMissing when it is gone
   * @throws dev.billstep.page.BlobChanged when it is not what was read any more
   */
  public Optional<byte[]> image(JsonNode row) {
    return files.image(row);
  }

  /**
   * One of the images that a page has been read from.
   *
   * @param name with which its URI ends
   * @throws OperationRefused where neither the page's row nor a revision of it was read from one of
   *     that name
   */
  public byte[] image(JobId jobId, int page, String name) {
    return imageOrRefuse(rows.readFrom(jobId, page, name));
  }

  /**
   * As {@link #image}.
   *
   * @throws OperationRefused where the page has none
   */
  public byte[] imageOrRefuse(JsonNode doc) {
    return files.imageOrRefuse(doc);
  }

  /** The jobs that fit, the newest first. */
  public List<JsonNode> all(JobFilter filter) {
    return supabase.select(JOBS, NEWEST_FIRST, filter.parameters());
  }

  /** What was asked of models for the job, in the order in which it was noted. */
  public List<JsonNode> calls(JobId jobId) {
    return rows.calls(jobId);
  }

  /** What {@code Doc} rows have said before, in the order in which it was replaced. */
  public List<JsonNode> revisions(List<JsonNode> docs) {
    return rows.revisions(docs);
  }

  /** The runs that it was granted, the first one first. */
  public List<JsonNode> attempts(JobId jobId) {
    return rows.attempts(jobId);
  }

  /**
   * How long the states of a job's latest run took; none where it has had no run.
   *
   * @param row the job's
   */
  public List<StateTimes> states(JsonNode row) {
    var execution = row.path("execution").asText("");
    if (execution.isEmpty()) {
      return List.of();
    }
    try (var sfn = stack.sfn()) {
      return StateTimes.of(sfn, execution);
    }
  }

  /**
   * Tries a job again that has failed, waits, or never began, or whose replay has failed.
   *
   * @return the execution's ARN
   * @throws OperationRefused where it was processed, or a run holds it
   */
  public String retry(JobId jobId) {
    var row = row(jobId);
    if (isHeld(row)) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "Job %s is being processed already. To follow it: billstep watch %s".formatted(jobId, jobId)
      );
    }
    if (JobState.of(row).isProcessed() && row.path("error").isNull()) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "Job %s was processed. To read it differently: billstep replay %s --help".formatted(
          jobId,
          jobId
        )
      );
    }
    return start(jobId, Optional.empty());
  }

  /**
   * Reads a job again in another way: of its pages those that are not approved, unless the replay is
   * to have them all.
   *
   * @return the execution's ARN
   * @throws OperationRefused where a run holds it, it can't be read so, or what is to be read is approved
   */
  public String replay(JobId jobId, Replay replay) {
    if (state(jobId).isProcessing()) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "Job %s is being processed: wait until it ends, or stop it with billstep cancel.".formatted(
          jobId
        )
      );
    }
    return start(jobId, Optional.of(replay.approvedToo() ? replay : ofOpenPages(jobId, replay)));
  }

  /** Approved pages are not paid for again: the database would leave them as they are. */
  private Replay ofOpenPages(JobId jobId, Replay replay) {
    var docs = docs(jobId);
    var approved = numbers(docs, true);
    var locked = replay.pages().isEmpty()
      ? approved
      : replay.pages().stream().filter(approved::contains).toList();
    if (approved.isEmpty() || (locked.isEmpty() && !replay.pages().isEmpty())) {
      return replay;
    }
    if (!replay.pages().isEmpty() || approved.size() == docs.size()) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "Approved, and so not read again: page %s of job %s. To read approved pages too: billstep replay %s --approved-too".formatted(
          locked.stream().map(String::valueOf).collect(Collectors.joining(", ")),
          jobId,
          jobId
        )
      );
    }
    // Where pages have no row yet, the run has to read them all.
    return docs.size() == row(jobId).path("page_count").asInt()
      ? replay.ofPages(numbers(docs, false))
      : replay;
  }

  private static List<Integer> numbers(List<JsonNode> docs, boolean areApproved) {
    return docs
      .stream()
      .filter(doc -> doc.path("review").asText().equals("approved") == areApproved)
      .map(doc -> doc.path("page_number").asInt())
      .toList();
  }

  /**
   * Has the job run again, and waits until the new run has it: who looks at the job then sees that
   * run and not the one before. A run that finds nothing to do, or may not run yet, never has it.
   */
  private String start(JobId jobId, Optional<Replay> replay) {
    var request = new LinkedHashMap<String, Object>();
    request.put("jobId", jobId);
    replay.ifPresent(wanted -> request.put("replay", wanted));
    int before = attempt(jobId);
    try (var sfn = stack.sfn()) {
      var execution = sfn
        .startExecution(start ->
          start.stateMachineArn(stack.outputs().stateMachine()).input(Json.text(request))
        )
        .executionArn();
      var limit = Instant.now().plus(CLAIM_LIMIT);
      while (attempt(jobId) == before && Instant.now().isBefore(limit)) {
        refuseIfFailed(sfn, execution);
        Pause.take(POLL);
      }
      return execution;
    }
  }

  /** What can't be done is found out by the run itself, which leaves the job as it is. */
  private static void refuseIfFailed(SfnClient sfn, String execution) {
    var run = sfn.describeExecution(describe -> describe.executionArn(execution));
    if (run.status() == ExecutionStatus.FAILED) {
      throw new OperationRefused(
        Reason.INVALID,
        Optional.ofNullable(run.cause()).orElse("The run failed without saying why.")
      );
    }
  }

  /** Whether a run works on it, rather than has died of something. */
  private static boolean isHeld(JsonNode row) {
    return (
      JobState.of(row).isProcessing() &&
      OffsetDateTime.parse(row.path("lease_until").asText()).toInstant().isAfter(Instant.now())
    );
  }

  private int attempt(JobId jobId) {
    return row(jobId).path("attempt").asInt();
  }

  /**
   * Stops the execution that holds the job; its status becomes {@code error}.
   *
   * @throws OperationRefused where none does
   */
  public void cancel(JobId jobId) {
    var row = row(jobId);
    var state = JobState.of(row);
    if (!state.isProcessing()) {
      throw new OperationRefused(
        Reason.NOT_NOW,
        "Job %s has no run to stop: it is %s.".formatted(jobId, state.status())
      );
    }
    var execution = row.path("execution").asText();
    // First: what Step Functions says of a stopped execution is not who has stopped it, or why.
    new SupabaseJobStore(supabase).fail(
      execution,
      CANCELLED,
      "The job was cancelled. Retry it to go on."
    );
    try (var sfn = stack.sfn()) {
      sfn.stopExecution(stop ->
        stop.executionArn(execution).error(CANCELLED).cause("stopped by an operator")
      );
    }
  }
}
