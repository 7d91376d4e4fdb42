package dev.billstep.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.supabase.SupabaseClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A job in the database, worked on through the SQL functions alone. */
public final class TestJob {

  public static final int LEASE_SECONDS = 600;

  private final SupabaseClient supabase;
  private final UUID id = UUID.randomUUID();
  private final UUID user;

  private TestJob(SupabaseClient supabase, UUID user) {
    this.supabase = supabase;
    this.user = user;
    supabase.insert("JobThread", Map.of("id", id, "user_id", user));
  }

  public static TestJob uploaded(SupabaseClient supabase) {
    return of(supabase, UUID.randomUUID());
  }

  public static TestJob of(SupabaseClient supabase, UUID user) {
    return new TestJob(supabase, user);
  }

  public List<JsonNode> attempts() {
    return supabase.select("JobAttempt", "attempt.asc", Map.of("job_thread_id", "eq." + id));
  }

  public UUID id() {
    return id;
  }

  public JsonNode claim(String execution, String version, int leaseSeconds) {
    return event(execution, version, Map.of("p_lease_seconds", leaseSeconds));
  }

  /** An event tells of a version of the upload. */
  public JsonNode event(String execution, String version, Map<String, ?> otherwise) {
    return claim(
      execution,
      Map.of(
        "p_user_id",
        user,
        "p_upload",
        Map.of("bucket", "bucket", "key", "key", "versionId", version, "etag", "etag")
      ),
      otherwise
    );
  }

  /** Somebody asks by hand for the job to be tried again, or in another way. */
  public JsonNode byHand(String execution, Map<String, ?> otherwise) {
    return claim(execution, Map.of(), otherwise);
  }

  private JsonNode claim(String execution, Map<String, ?> usually, Map<String, ?> otherwise) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("p_job_id", id);
    arguments.put("p_execution", execution);
    arguments.put("p_lease_seconds", LEASE_SECONDS);
    arguments.put("p_model_id", "test/one");
    arguments.putAll(usually);
    arguments.putAll(otherwise);
    return supabase.call("claim_job", arguments);
  }

  /** Claims the job and gives the token. */
  public String claimed(String execution, String version) {
    return claim(execution, version, LEASE_SECONDS).path("token").asText();
  }

  public void persist(String token, List<Map<String, Object>> docs) {
    fenced("persist_docs", token, Map.of("p_docs", docs));
  }

  /** Notes a call of the model that this job was read by. */
  public void called(UUID call, String outcome) {
    called(call, outcome, "test/one");
  }

  public void called(UUID call, String outcome, String model) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", call);
    row.put("attempt", 1);
    row.put("step", "read");
    row.put("pages", List.of(1));
    row.put("model_id", model);
    row.put("prompt_version", "1");
    row.put("outcome", outcome);
    row.put("input_tokens", 100);
    row.put("output_tokens", 10);
    row.put("cost_usd", 0.25);
    row.put("elapsed_ms", 5);
    supabase.call("record_calls", Map.of("p_job_id", id, "p_calls", List.of(row)));
  }

  /** The run puts the job aside: its model does not answer. */
  public void park(String token, String model) {
    fenced(
      "park_job",
      token,
      Map.of(
        "p_model_id",
        model,
        "p_reason",
        "no answer",
        "p_probe_seconds",
        60,
        "p_longest_probe_seconds",
        200
      )
    );
  }

  public JsonNode fenced(String function, @Nullable String token, Map<String, ?> arguments) {
    var all = new LinkedHashMap<String, Object>(arguments);
    all.put("p_job_id", id);
    all.put("p_token", token);
    return supabase.call(function, all);
  }

  public JsonNode row() {
    return supabase.selectOne("JobThread", Map.of("id", "eq." + id)).orElseThrow();
  }

  public String status() {
    return row().path("status").asText();
  }

  public List<JsonNode> docs() {
    return supabase.select("Doc", "page_number.asc", Map.of("job_thread_id", "eq." + id));
  }

  public List<String> docIds() {
    return docs()
      .stream()
      .map(doc -> doc.path("id").asText())
      .toList();
  }

  /** A reviewer changes a page as it is now: {@code correct_doc} or {@code decide_doc}. */
  public static JsonNode reviewed(
    SupabaseClient supabase,
    String function,
    String doc,
    Map<String, ?> change
  ) {
    var arguments = new LinkedHashMap<String, Object>(change);
    var page = supabase.selectOne("Doc", Map.of("id", "eq." + doc)).orElseThrow();
    arguments.put("p_doc_id", doc);
    arguments.put("p_version", page.path("version"));
    arguments.put("p_actor", "Asha");
    arguments.put("p_change_id", UUID.randomUUID());
    return supabase.call(function, arguments);
  }

  public List<JsonNode> revisions() {
    return supabase.select("DocRevision", "replaced_at.asc", Map.of("user_id", "eq." + user));
  }

  public static List<Map<String, Object>> pages(int count, String text) {
    return IntStream.rangeClosed(1, count)
      .mapToObj(number -> page(number, text))
      .toList();
  }

  public static Map<String, Object> page(int number, String text) {
    return Map.of(
      "page_number",
      number,
      "doc_type",
      "bill",
      "status",
      "draft_pending",
      "ocr_payload",
      Map.of("text", text),
      "storage_uri",
      "file:///page-" + number,
      "schema_version",
      1,
      "model_id",
      "test/one",
      "prompt_version",
      "1",
      "confidence",
      0.9
    );
  }
}
