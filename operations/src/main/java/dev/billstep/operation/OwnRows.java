package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.storage.PageKeys;
import dev.billstep.supabase.Rows;
import dev.billstep.supabase.SupabaseClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one user, who asks by their own token: row-level security leaves theirs alone, and what is
 * done is kept with the name that the token says ({@code prisma/policies.sql}).
 *
 * <p>Where a page is kept in which bucket users are not told. Of an image they know by which content it is
 * named: {@code storage_uri} says where that is below the root of all pages.
 */
public final class OwnRows implements Rows {

  /** What users call in place of the service role's functions. */
  private static final Map<String, String> FOR_USERS = Map.ofEntries(
    Map.entry("doc_for_review", "doc_as_reviewer"),
    Map.entry("claim_doc", "claim_as_reviewer"),
    Map.entry("release_doc", "release_as_reviewer"),
    Map.entry("correct_doc", "correct_as_reviewer"),
    Map.entry("decide_doc", "decide_as_reviewer"),
    Map.entry("arrange_docs", "arrange_as_reviewer"),
    Map.entry("joined_fields", "joined_fields_as_user"),
    Map.entry("list_jobs", "list_jobs_as_user"),
    Map.entry("list_pile", "list_pile_as_user"),
    Map.entry("count_piles", "count_piles_as_user"),
    Map.entry("count_listed", "count_listed_as_user"),
    Map.entry("approvable_docs", "approvable_docs_as_user"),
    Map.entry("export_docs", "export_docs_as_user")
  );

  /** What the token says, or the database: nobody is asked for it. */
  private static final Set<String> SAID_BY_THE_TOKEN = Set.of("p_actor", "p_seconds", "p_user_id");

  /** Whose jobs there are: one's own. */
  private static final String USERS = "listed_users";

  private static final String SELECT = "select";
  private static final String DOCS = "Doc";
  private static final String REVISIONS = "DocRevision";
  private static final Set<String> OF_PAGES = Set.of(DOCS, REVISIONS);

  /** What is granted ({@code prisma/policies.sql}), as far as the review page shows it. */
  private static final Map<String, String> COLUMNS = Map.of(
    "JobThread",
    "id,user_id,status,file_name,error,error_message,started_at,completed_at,failed_at,created_at," +
      "updated_at,attempt,replay,waiting_since,waiting_for,waiting_reason,resume_at,questions_sent_at," +
      "model_calls,input_tokens,output_tokens,cost_usd,cache_hits,page_count,classified_pages,read_pages",
    "JobAttempt",
    "job_thread_id,attempt,replay,started_at,ended_at,outcome,error,reason",
    DOCS,
    "id,job_thread_id,user_id,page_number,doc_type,status,ocr_payload,schema_version,model_id," +
      "prompt_version,confidence,error,needs_review,created_at,updated_at,corrected_fields,conflicts," +
      "review,reviewed_by,reviewed_at,review_note,version,claimed_by,claimed_until,picture,head_id,place," +
      "document_fields",
    REVISIONS,
    "id,doc_id,user_id,doc_type,ocr_payload,schema_version,model_id,prompt_version,confidence,error," +
      "written_at,replaced_at",
    "DocTypeSchema",
    "doc_type,version,schema,prompt_version,active"
  );

  private final SupabaseClient byToken;

  /**
   * Those of whose token it is.
   *
   * @param byToken as {@link SupabaseClient#by} makes one
   */
  public OwnRows(SupabaseClient byToken) {
    this.byToken = byToken;
  }

  @Override
  public JsonNode call(String function, Map<String, ?> arguments) {
    if (function.equals(USERS)) {
      return Json.mapper().createArrayNode();
    }
    var told = new HashMap<String, Object>(arguments);
    told.keySet().removeAll(SAID_BY_THE_TOKEN);
    var answer = byToken.call(FOR_USERS.getOrDefault(function, function), told);
    if (answer.path("doc") instanceof ObjectNode doc) {
      place(doc);
    }
    return answer;
  }

  @Override
  public List<JsonNode> select(String table, String order, Map<String, String> filters) {
    return shown(table, filters, byToken.select(table, order, granted(table, filters)));
  }

  @Override
  public List<JsonNode> selectFirst(
    String table,
    String order,
    Map<String, String> filters,
    int count
  ) {
    var rows = byToken.selectFirst(table, order, granted(table, filters), count);
    return shown(table, filters, rows);
  }

  @Override
  public Optional<JsonNode> selectOne(String table, Map<String, String> filters) {
    var row = byToken.selectOne(table, granted(table, filters));
    return shown(table, filters, row.stream().toList()).stream().findFirst();
  }

  private static Map<String, String> granted(String table, Map<String, String> filters) {
    var wanted = new HashMap<>(filters);
    Optional.ofNullable(COLUMNS.get(table)).ifPresent(all -> wanted.putIfAbsent(SELECT, all));
    return wanted;
  }

  /** Where columns were named there are no others. */
  private static List<JsonNode> shown(
    String table,
    Map<String, String> filters,
    List<JsonNode> rows
  ) {
    if (OF_PAGES.contains(table) && !filters.containsKey(SELECT)) {
      rows.forEach(row -> place((ObjectNode) row));
    }
    return rows;
  }

  /** Which image an earlier reading was of is not said. */
  private static void place(ObjectNode row) {
    var picture = row.path("picture").asText("");
    row.put(
      "storage_uri",
      picture.isEmpty() ? "" : PageKeys.page(JobId.of(row.path("job_thread_id").asText()), picture)
    );
  }
}
