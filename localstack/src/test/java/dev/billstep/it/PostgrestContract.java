package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.postgrest.ApiKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What PostgREST answers to every kind of request that our client makes. Sources: PostgREST's
 * documentation ("Errors", "Pagination and Count", "Functions as RPC", "Tables and Views") and its
 * {@code test/spec} (SingularSpec, RpcSpec, UpsertSpec, RangeSpec, ErrorSpec).
 */
abstract class PostgrestContract {

  private static final String ONE_ROW = "application/vnd.pgrst.object+json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String key = "contract." + UUID.randomUUID();

  /** Where tables and functions are, with a slash at its end. */
  abstract URI root();

  abstract ApiKeys keys();

  @Test
  void anInsertIsCreatedWithoutContent() throws Exception {
    var answer = insert("1", "return=minimal");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aSecondInsertOfTheSameKeyIsAConflict() throws Exception {
    insert("1", "return=minimal");
    var answer = insert("2", "return=minimal");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("code").asText()).isEqualTo("23505");
    assertThat(json(answer).has("details")).isTrue();
    assertThat(json(answer).has("hint")).isTrue();
  }

  @Test
  void anUpsertIsCreatedWhereItInsertsAndOkWhereItChanges() throws Exception {
    var merging = "resolution=merge-duplicates,return=minimal";
    assertThat(insert("1", merging).statusCode()).isEqualTo(201);
    assertThat(insert("2", merging).statusCode()).isEqualTo(200);
    assertThat(
      json(get("Settings?key=eq." + key))
        .at("/0/value")
        .asText()
    ).isEqualTo("2");
  }

  @Test
  void aSelectionIsAListWithItsRange() throws Exception {
    insert("1", "return=minimal");
    var answer = get("Settings?select=key,value&key=eq." + key);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Range")).hasValue("0-0/*");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(
      "application/json; charset=utf-8"
    );
    assertThat(json(answer)).hasSize(1);
    assertThat(json(answer).path(0)).hasSize(2);
  }

  @Test
  void anEmptySelectionIsAnEmptyList() throws Exception {
    var answer = get("Settings?key=eq.none", "Prefer", "count=exact");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Range")).hasValue("*/0");
    assertThat(answer.body()).isEqualTo("[]");
  }

  @Test
  void aCountedPageIsPartialContentUntilItIsTheWhole() throws Exception {
    var two = "DocTypeSchema?doc_type=neq.unknown&version=eq.1&order=doc_type.asc";
    var page = get(two + "&limit=1&offset=1", "Prefer", "count=exact");
    assertThat(page.statusCode()).isEqualTo(206);
    assertThat(page.headers().firstValue("Content-Range")).hasValue("1-1/2");
    var whole = get(two, "Prefer", "count=exact");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("Content-Range")).hasValue("0-1/2");
  }

  @Test
  void whatIsNothingIsAskedForByAnOperatorOfItsOwn() throws Exception {
    var all = Json.read(get("DocTypeSchema?select=version").body());
    assertThat(Json.read(get("DocTypeSchema?select=version&created_at=is.null").body())).isEmpty();
    assertThat(all).isNotEmpty();
  }

  @Test
  void aPageBeyondTheLastRowIsNotSatisfiable() throws Exception {
    var answer = get("DocTypeSchema?limit=1&offset=99", "Prefer", "count=exact");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(json(answer).path("code").asText()).isEqualTo("PGRST103");
  }

  @Test
  void rowsComeInTheOrderThatIsAskedFor() throws Exception {
    var rows = json(get("DocTypeSchema?select=doc_type&version=eq.1&order=doc_type.desc"));
    assertThat(rows)
      .extracting(row -> row.path("doc_type").asText())
      .containsExactly("unknown", "eway_bill", "bill");
  }

  @Test
  void oneRowIsAnObject() throws Exception {
    var answer = get("DocTypeSchema?doc_type=eq.bill&version=eq.1", "Accept", ONE_ROW);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(ONE_ROW + "; charset=utf-8");
    assertThat(json(answer).path("doc_type").asText()).isEqualTo("bill");
  }

  @Test
  void noRowOrSeveralAreNotAcceptableAsOne() throws Exception {
    for (var filter : new String[] { "version=eq.99", "version=eq.1" }) {
      var answer = get("DocTypeSchema?" + filter, "Accept", ONE_ROW);
      assertThat(answer.statusCode()).isEqualTo(406);
      assertThat(json(answer).path("code").asText()).isEqualTo("PGRST116");
      assertThat(json(answer).path("message").asText()).isEqualTo(
        "Cannot coerce the result to a single JSON object"
      );
    }
  }

  @Test
  void rowsAreFilteredByAListAndByConditionsThatAllHold() throws Exception {
    for (var key : List.of("a", "b", "c")) {
      post("Settings", Json.text(Map.of("key", "test.in." + key, "value", 1)));
    }
    var list = get("Settings?select=key&order=key.asc&key=in.(test.in.c,test.in.a,test.in.x)");
    assertThat(json(list))
      .extracting(row -> row.path("key").asText())
      .containsExactly("test.in.a", "test.in.c");
    var both = get("Settings?select=key&and=(key.gt.test.in.a,key.lt.test.in.c)");
    assertThat(json(both)).hasSize(1);
    assertThat(json(both).at("/0/key").asText()).isEqualTo("test.in.b");
  }

  @Test
  void aFunctionGivesItsValueItsRowsOrNoContent() throws Exception {
    var nothing = "{\"p_execution\": \"none\", \"p_error\": \"e\", \"p_error_message\": \"m\"}";
    var value = post("rpc/fail_job", nothing);
    assertThat(value.statusCode()).isEqualTo(200);
    assertThat(value.body()).isEqualTo("null");

    var rows = post("rpc/fail_overdue_jobs", "{\"p_longest_wait_seconds\": 1, \"p_limit\": 0}");
    assertThat(rows.statusCode()).isEqualTo(200);
    assertThat(rows.body()).isEqualTo("[]");

    var progress = Json.text(
      Map.of("p_job_id", claimedJob("c"), "p_token", "c#1", "p_read", List.of(1, 2))
    );
    var empty = post("rpc/record_progress", progress);
    assertThat(empty.statusCode()).isEqualTo(204);
    assertThat(empty.body()).isEmpty();
  }

  /** A job that was claimed by that execution: its token is {@code {execution}#1}. */
  private UUID claimedJob(String execution) throws IOException, InterruptedException {
    var job = UUID.randomUUID();
    post("JobThread", Json.text(Map.of("id", job, "user_id", job)));
    var claim = Map.of(
      "p_job_id",
      job,
      "p_execution",
      execution,
      "p_lease_seconds",
      600,
      "p_model_id",
      "test/one",
      "p_user_id",
      job,
      "p_upload",
      Map.of("bucket", "b", "key", "k", "etag", "e")
    );
    assertThat(
      json(post("rpc/claim_job", Json.text(claim)))
        .path("outcome")
        .asText()
    ).isEqualTo("granted");
    return job;
  }

  @Test
  void anErrorThatAFunctionRaisesArrivesWithItsSqlState() throws Exception {
    var nobodys = "{\"p_job_id\": \"%s\", \"p_token\": \"t\"}".formatted(UUID.randomUUID());
    var answer = post("rpc/record_progress", nobodys);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("BS003");
    assertThat(json(answer).path("message").asText()).contains("is not held under token t");
  }

  @Test
  void aFunctionOrArgumentOrTableThatIsNotThereIsNotFound() throws Exception {
    var function = post("rpc/nope", "{}");
    assertThat(function.statusCode()).isEqualTo(404);
    assertThat(json(function).path("code").asText()).isEqualTo("PGRST202");
    var argument = post("rpc/fail_overdue_jobs", "{\"p_nope\": 1}");
    assertThat(argument.statusCode()).isEqualTo(404);
    assertThat(json(argument).path("code").asText()).isEqualTo("PGRST202");
    var table = get("Nope");
    assertThat(table.statusCode()).isEqualTo(404);
    assertThat(json(table).path("code").asText()).isEqualTo("PGRST205");
  }

  @Test
  void aColumnOrValueThatIsNotThereIsABadRequest() throws Exception {
    var column = get("Settings?nope=eq.1");
    assertThat(column.statusCode()).isEqualTo(400);
    assertThat(json(column).path("code").asText()).isEqualTo("42703");
    var value = get("JobThread?id=eq.not-a-uuid");
    assertThat(value.statusCode()).isEqualTo(400);
    assertThat(json(value).path("code").asText()).isEqualTo("22P02");
  }

  @Test
  void aBodyThatIsNoJsonIsABadRequest() throws Exception {
    var answer = post("rpc/fail_overdue_jobs", "{");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("PGRST102");
  }

  @Test
  void aKeyThatIsMissingOrForgedIsUnauthorized() throws Exception {
    var without = HttpRequest.newBuilder(uri("Settings")).build();
    assertThat(http.send(without, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    var forged = HttpRequest.newBuilder(uri("Settings"))
      .header("apikey", keys().anon())
      .header("Authorization", "Bearer " + keys().serviceRole() + "x")
      .build();
    var answer = http.send(forged, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("code").asText()).isEqualTo("PGRST301");
  }

  private HttpResponse<String> insert(String value, String preference)
    throws IOException, InterruptedException {
    var row = "{\"key\": \"%s\", \"value\": %s}".formatted(key, value);
    var request = request("Settings")
      .header("Prefer", preference)
      .POST(BodyPublishers.ofString(row));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  final HttpResponse<String> get(String path, String... headers)
    throws IOException, InterruptedException {
    var request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.GET().build(), BodyHandlers.ofString());
  }

  final HttpResponse<String> post(String path, String body)
    throws IOException, InterruptedException {
    return http.send(
      request(path).POST(BodyPublishers.ofString(body)).build(),
      BodyHandlers.ofString()
    );
  }

  final HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
      .header("apikey", keys().serviceRole())
      .header("Authorization", "Bearer " + keys().serviceRole())
      .header("Content-Type", "application/json");
  }

  final URI uri(String path) {
    return root().resolve(path.replace(" ", "%20"));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }
}
