package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see and do what: every role, on every table and function, tested whole. */
@ExtendWith(OnEmbeddedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowLevelSecurityIT {

  /** Tables whose rows belong to a user. */
  private static final Set<String> USERS_OWN = Set.of(
    "JobThread",
    "Doc",
    "DocRevision",
    "DocCorrection",
    "DocDecision",
    "DocPlacement",
    "ModelCall",
    "JobAttempt"
  );

  private static final List<String> TABLES = List.of(
    "JobThread",
    "Doc",
    "DocRevision",
    "DocCorrection",
    "DocDecision",
    "DocPlacement",
    "ModelCall",
    "JobAttempt",
    "Settings",
    "SettingsRevision",
    "DocTypeSchema",
    "StagedDoc",
    "ModelBreaker",
    "BreakerEvent"
  );

  private final EmbeddedDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final UUID alice = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();

  RowLevelSecurityIT(EmbeddedDatabase database) {
    this.database = database;
  }

  /** Alice and Bob have a job each, with a row that was revised once. */
  @BeforeAll
  void twoUsersWithAJobEach() {
    for (var user : new UUID[] { alice, bob }) {
      var job = TestJob.of(database.supabase(), user);
      job.persist(job.claimed("one-" + user, "v1"), TestJob.pages(1, "before"));
      job.persist(job.claimed("two-" + user, "v2"), TestJob.pages(1, "after"));
      job.called(UUID.randomUUID(), "ok");
      review(job.docIds().getFirst());
    }
  }

  /** Says what the page is, that it is a document by itself, and that it is not to be used. */
  private void review(String doc) {
    var change = Map.of("path", "", "value", "bill");
    database.supabase().call("correct_doc", writing(doc, 2, Map.of("p_changes", List.of(change))));
    var alone = new HashMap<>(writing(doc, 3, Map.of("p_documents", List.of(List.of(doc)))));
    alone.remove("p_version");
    alone.put("p_loose", List.of());
    alone.put("p_versions", Map.of(doc, 3));
    database.supabase().call("arrange_docs", alone);
    database.supabase().call("decide_doc", writing(doc, 4, Map.of("p_review", "rejected")));
  }

  private static Map<String, Object> writing(String doc, int version, Map<String, ?> what) {
    var arguments = new HashMap<String, Object>(what);
    arguments.put("p_doc_id", doc);
    arguments.put("p_version", version);
    arguments.put("p_actor", "Asha");
    arguments.put("p_change_id", UUID.randomUUID());
    return arguments;
  }

  enum Role {
    ANON,
    ALICE,
    SERVICE,
  }

  /** What a role sees of a table: nothing allowed, its own rows, or everyone's. */
  static Stream<Arguments> sight() {
    return TABLES.stream().flatMap(table ->
      Stream.of(
        Arguments.of(Role.ANON, table, "forbidden"),
        Arguments.of(Role.ALICE, table, USERS_OWN.contains(table) ? "own" : "forbidden"),
        Arguments.of(Role.SERVICE, table, "all")
      )
    );
  }

  @ParameterizedTest
  @MethodSource("sight")
  void everyRoleSeesWhatItMay(Role role, String table, String expected) throws Exception {
    // Users can't ask for all columns of their rows: some are not theirs to know.
    var answer = get(role, expected.equals("own") ? table + "?select=user_id" : table);
    switch (expected) {
      case "forbidden" -> assertThat(answer.status()).isEqualTo(role == Role.ANON ? 401 : 403);
      case "own" -> {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.path("user_id").asText()).isEqualTo(alice.toString()));
      }
      default -> {
        assertThat(answer.status()).isEqualTo(200);
        if (USERS_OWN.contains(table)) {
          assertThat(get(role, table + "?user_id=eq." + bob).json()).isNotEmpty();
        }
      }
    }
  }

  /** The fencing token, which execution of which account has read an upload, and where it is kept. */
  @ParameterizedTest
  @CsvSource({
    "JobThread, run_token execution upload lease_until object_key object_version object_sequencer",
    "JobAttempt, execution",
    "Doc, storage_uri",
    "DocRevision, storage_uri replaced_by",
    "DocCorrection, page_content",
    "DocPlacement, page_content",
  })
  void usersDoNotSeeHowTheirRowsCameAbout(String table, String columns) throws Exception {
    for (var column : columns.split(" ", -1)) {
      var answer = get(Role.ALICE, table + "?select=user_id," + column);
      assertThat(answer.status()).as(column).isEqualTo(403);
      assertThat(answer.json().path("code").asText()).isEqualTo("42501");
      assertThat(get(Role.SERVICE, table + "?select=" + column).status()).isEqualTo(200);
    }
    assertThat(get(Role.ALICE, table).status()).as("all columns").isEqualTo(403);
  }

  @Test
  void usersSeeWhatTheirJobsHaveComeTo() throws Exception {
    var jobs = get(
      Role.ALICE,
      "JobThread?select=id,status,file_name,error,error_message,page_count,read_pages,completed_at"
    );
    assertThat(jobs.json())
      .singleElement()
      .satisfies(job -> assertThat(job.path("status").asText()).isEqualTo("processed"));
    var docs = get(
      Role.ALICE,
      "Doc?select=page_number,doc_type,status,ocr_payload,confidence,needs_review,error"
    );
    assertThat(docs.json())
      .singleElement()
      .satisfies(doc -> assertThat(doc.at("/ocr_payload/text").asText()).isEqualTo("after"));
  }

  static Stream<Arguments> tablesThatNobodyElseWrites() {
    return TABLES.stream().flatMap(table ->
      Stream.of(Arguments.of(Role.ANON, table), Arguments.of(Role.ALICE, table))
    );
  }

  @ParameterizedTest
  @MethodSource("tablesThatNobodyElseWrites")
  void onlyTheServiceRoleWrites(Role role, String table) throws Exception {
    var key = switch (table) {
      case "Settings", "SettingsRevision" -> "key";
      case "StagedDoc" -> "run_token";
      default -> "model_id";
    };
    var row = table.equals("JobThread") ? Map.of("user_id", alice) : Map.of(key, "x");
    var answer = post(role, table, row);
    assertThat(answer.status()).isIn(400, 401, 403);
    assertThat(answer.json().path("code").asText()).isIn("42501", "42703");
  }

  static Stream<Arguments> functionsThatNobodyElseCalls() {
    var id = UUID.randomUUID();
    var fenced = Map.of("p_job_id", id, "p_token", "t");
    return Stream.of(
      Map.entry(
        "claim_job",
        Map.of("p_job_id", id, "p_execution", "e", "p_lease_seconds", 1, "p_model_id", "m")
      ),
      Map.entry("hold_job", fenced),
      Map.entry("record_progress", fenced),
      Map.entry("record_calls", Map.of("p_job_id", id, "p_calls", List.of())),
      Map.entry(
        "park_job",
        Map.of(
          "p_job_id",
          id,
          "p_token",
          "t",
          "p_model_id",
          "m",
          "p_reason",
          "r",
          "p_probe_seconds",
          1,
          "p_longest_probe_seconds",
          1
        )
      ),
      Map.entry("resume_jobs", Map.of()),
      Map.entry(
        "control_breaker",
        Map.of("p_model_id", "m", "p_action", "pause", "p_reason", "r", "p_actor", "a")
      ),
      Map.entry(
        "fail_unstarted_job",
        Map.of("p_job_id", id, "p_error", "e", "p_error_message", "m")
      ),
      Map.entry("activate_schema", Map.of("p_doc_type", "bill", "p_version", 1)),
      Map.entry("stage_docs", with(fenced, "p_docs", Map.of())),
      Map.entry("persist_docs", with(fenced, "p_docs", Map.of())),
      Map.entry("correct_doc", writing(id.toString(), 1, Map.of("p_changes", List.of()))),
      Map.entry("decide_doc", writing(id.toString(), 1, Map.of("p_review", "approved"))),
      Map.entry("claim_doc", Map.of("p_doc_id", id, "p_actor", "a", "p_seconds", 1)),
      Map.entry("release_doc", Map.of("p_doc_id", id, "p_actor", "a")),
      Map.entry("doc_for_review", Map.of("p_doc_id", id)),
      Map.entry("reviewer_of", Map.of("p_doc_id", id)),
      Map.entry("check_own_page", Map.of("p_doc_id", id)),
      Map.entry("asking_user", Map.of()),
      Map.entry("own_filter", Map.of("p_filter", Map.of())),
      Map.entry("list_jobs", Map.of()),
      Map.entry("count_listed", Map.of()),
      Map.entry("listed_users", Map.of()),
      Map.entry("approvable_docs", Map.of("p_filter", Map.of(), "p_limit", 1)),
      Map.entry("export_docs", Map.of("p_doc_type", "bill")),
      Map.entry("find_docs", Map.of()),
      Map.entry("joined_fields", Map.of("p_head_id", id)),
      Map.entry("seen_by_reviewer", Map.of("reviewed", Map.of())),
      Map.entry("fits_schema", Map.of("root", Map.of(), "part", Map.of(), "given", 1)),
      Map.entry("fail_job", Map.of("p_execution", "e", "p_error", "n", "p_error_message", "m")),
      Map.entry("fail_overdue_jobs", Map.of("p_longest_wait_seconds", 1))
    ).flatMap(call ->
      Stream.of(Role.ANON, Role.ALICE).map(role ->
        Arguments.of(role, call.getKey(), call.getValue())
      )
    );
  }

  @ParameterizedTest
  @MethodSource("functionsThatNobodyElseCalls")
  void onlyTheServiceRoleCallsFunctions(Role role, String function, Map<String, ?> arguments)
    throws Exception {
    var answer = post(role, "rpc/" + function, arguments);
    assertThat(answer.json().path("code").asText()).isEqualTo("42501");
    assertThat(answer.status()).isEqualTo(role == Role.ANON ? 401 : 403);
  }

  private static Map<String, Object> with(Map<String, ?> arguments, String name, Object value) {
    var all = new HashMap<String, Object>(arguments);
    all.put(name, value);
    return all;
  }

  private Answer get(Role role, String table) throws IOException, InterruptedException {
    return send(request(role, table).GET());
  }

  private Answer post(Role role, String path, Map<String, ?> body)
    throws IOException, InterruptedException {
    return send(request(role, path).POST(BodyPublishers.ofString(Json.text(body))));
  }

  private HttpRequest.Builder request(Role role, String path) {
    var keys = database.keys();
    var key = switch (role) {
      case ANON -> keys.anon();
      case ALICE -> keys.user(alice);
      case SERVICE -> keys.serviceRole();
    };
    return HttpRequest.newBuilder(URI.create(database.url() + "/rest/v1/" + path))
      .header("apikey", keys.anon())
      .header("Authorization", "Bearer " + key);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), Json.read(response.body(), JsonNode.class));
  }

  private record Answer(int status, JsonNode json) {}
}
