package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviewers who ask Supabase's REST API with the token that they have signed in to Supabase Auth by. */
@ExtendWith(OnEmbeddedDatabase.class)
class ReviewersByTheirTokenIT {

  private static final String EMAIL = "alice@example.com";
  private static final Optional<String> REVIEWER = Optional.of("reviewer");

  private final EmbeddedDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final UUID alice = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();
  private String doc = "";
  private String ofBob = "";

  ReviewersByTheirTokenIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void aPageOfEach() {
    doc = page(alice);
    ofBob = page(bob);
  }

  private String page(UUID user) {
    var job = TestJob.of(database.supabase(), user);
    var page = new HashMap<>(TestJob.page(1, "TAX INVOICE"));
    page.put("schema_version", 2);
    page.put("ocr_payload", Map.of("fields", fields(), "findings", List.of()));
    job.persist(job.claimed("first-" + job.id(), "v1"), List.of(page));
    return job.docIds().getFirst();
  }

  /** All that the schema asks for, with nothing in it but a number and a total. */
  private ObjectNode fields() {
    var schema = database
      .supabase()
      .selectOne("DocTypeSchema", Map.of("doc_type", "eq.bill", "version", "eq.2"))
      .orElseThrow()
      .path("schema");
    var fields = Json.mapper().createObjectNode();
    schema.path("required").forEach(name -> fields.putNull(name.asText()));
    fields.put("invoice_number", "INV-1").put("grand_total", 100).putArray("line_items");
    for (var party : List.of("seller", "buyer")) {
      var blank = fields.putObject(party);
      List.of("name", "address", "gstin", "state_code").forEach(blank::putNull);
    }
    return fields;
  }

  @Test
  void aReviewerListsCorrectsAndApprovesTheirOwnPages() throws Exception {
    var listed = send(
      "GET",
      "Doc?select=id,version&review=eq.to_review&id=eq." + doc,
      "",
      token(REVIEWER)
    );
    assertThat(listed.json()).hasSize(1);

    var claimed = call("claim_as_reviewer", Map.of("p_doc_id", doc));
    assertThat(claimed.at("/doc/claimed_by").asText()).isEqualTo(EMAIL);
    var corrected = call("correct_as_reviewer", correction("/invoice_number", "INV-7"));
    assertThat(corrected.at("/fields/invoice_number").asText()).isEqualTo("INV-7");
    assertThat(corrected.at("/corrections/0/actor").asText()).isEqualTo(EMAIL);

    var approved = call("decide_as_reviewer", writing(Map.of("p_review", "approved")));
    assertThat(approved.at("/doc/review").asText()).isEqualTo("approved");
    assertThat(approved.at("/doc/reviewed_by").asText()).isEqualTo(EMAIL);
    assertThat(call("doc_as_reviewer", Map.of("p_doc_id", doc))).isEqualTo(approved);
    assertThat(approved.path("doc"))
      .as("where it is kept")
      .isNotEmpty()
      .noneMatch(value -> value.asText().startsWith("file:"));
    assertThat(approved.path("doc").has("storage_uri")).isFalse();
  }

  @Test
  void aClaimIsLetGoByWhoHasIt() throws Exception {
    call("claim_as_reviewer", Map.of("p_doc_id", doc));
    assertThat(
      post("release_as_reviewer", Map.of("p_doc_id", doc), token(REVIEWER)).status()
    ).isEqualTo(204);
    assertThat(row().path("claimed_by").isNull()).isTrue();
  }

  @Test
  void nobodyActsByAnothersName() throws Exception {
    var arguments = correction("/invoice_number", "INV-7");
    arguments.put("p_actor", "bob@example.com");
    var refused = post("correct_as_reviewer", arguments, token(REVIEWER));
    assertThat(refused.status()).as("there is no such function").isEqualTo(404);
    assertThat(post("correct_doc", arguments, token(REVIEWER)).code()).isEqualTo("42501");
    assertThat(row().path("version").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = { "doc_as_reviewer", "claim_as_reviewer", "release_as_reviewer" })
  void anothersPageIsAsGoodAsNone(String function) throws Exception {
    var refused = post(function, Map.of("p_doc_id", ofBob), token(REVIEWER));
    assertThat(refused.code()).isEqualTo("BS007");
    assertThat(
      post(function, Map.of("p_doc_id", UUID.randomUUID()), token(REVIEWER)).json()
    ).isEqualTo(refused.json());
  }

  @Test
  void anothersPageIsNeitherCorrectedNorDecidedAbout() throws Exception {
    var correction = correction("/invoice_number", "INV-7");
    correction.put("p_doc_id", ofBob);
    assertThat(post("correct_as_reviewer", correction, token(REVIEWER)).code()).isEqualTo("BS007");
    var decision = writing(Map.of("p_review", "approved"));
    decision.put("p_doc_id", ofBob);
    assertThat(post("decide_as_reviewer", decision, token(REVIEWER)).code()).isEqualTo("BS007");
  }

  @Test
  void aReviewerJoinsTheirOwnPagesAndNobodyElses() throws Exception {
    var job = TestJob.of(database.supabase(), alice);
    job.persist(job.claimed("first-" + job.id(), "v1"), TestJob.pages(2, "TAX INVOICE"));
    var pages = job.docIds();
    var joined = call("arrange_as_reviewer", arrangement(pages.getFirst(), pages));
    assertThat(joined.at("/document/pages"))
      .extracting(page -> page.path("page_number").asInt())
      .containsExactly(1, 2);
    assertThat(
      database
        .supabase()
        .select("DocPlacement", "doc_version.asc", Map.of("user_id", "eq." + alice))
    )
      .isNotEmpty()
      .allMatch(placement -> placement.path("actor").asText().equals(EMAIL));

    var ofTwoUsers = arrangement(pages.getFirst(), List.of(pages.getFirst(), ofBob));
    assertThat(post("arrange_as_reviewer", ofTwoUsers, token(REVIEWER)).status())
      .as("with another's page")
      .isEqualTo(400);
    assertThat(
      post("arrange_as_reviewer", arrangement(ofBob, List.of(ofBob)), token(REVIEWER)).code()
    ).isEqualTo("BS007");
    assertThat(
      post(
        "arrange_as_reviewer",
        arrangement(pages.getFirst(), pages),
        token(Optional.empty())
      ).status()
    ).isEqualTo(403);
    var byName = arrangement(pages.getFirst(), pages);
    byName.put("p_actor", "bob@example.com");
    assertThat(post("arrange_docs", byName, token(REVIEWER)).code()).isEqualTo("42501");
  }

  private Map<String, Object> arrangement(String doc, List<String> document) {
    var versions = new HashMap<String, Object>();
    for (var page : document) {
      versions.put(
        page,
        database
          .supabase()
          .selectOne("Doc", Map.of("id", "eq." + page))
          .orElseThrow()
          .path("version")
      );
    }
    var arguments = new HashMap<String, Object>();
    arguments.put("p_doc_id", doc);
    arguments.put("p_documents", List.of(document));
    arguments.put("p_loose", List.of());
    arguments.put("p_versions", versions);
    arguments.put("p_change_id", UUID.randomUUID());
    return arguments;
  }

  @Test
  void whoIsNoReviewerIsTold() throws Exception {
    for (var role : List.of(Optional.<String>empty(), Optional.of("clerk"), Optional.of(""))) {
      var refused = post("claim_as_reviewer", Map.of("p_doc_id", doc), token(role));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("message").asText()).contains("no reviewer");
    }
    var visitor = post("claim_as_reviewer", Map.of("p_doc_id", doc), database.keys().anon());
    assertThat(visitor.status()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsOverOpensNothing() throws Exception {
    var over = Instant.now().minus(Duration.ofMinutes(1));
    var expired = database.keys().user(alice, EMAIL, REVIEWER, over);
    assertThat(post("claim_as_reviewer", Map.of("p_doc_id", doc), expired).status()).isEqualTo(401);
  }

  /** Which the review page's server would refuse, too. */
  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    textBlock = """
    /grand_total      | "a hundred"
    /grand_total      | true
    /invoice_date     | "26-01-2026"
    /invoice_number   | 7
    /reverse_charge   | "yes"
    /line_items/new   | {"description": "Nails"}
    /payment          | {"method": "cash", "due_date": null, "bank": null, "more": 1}
    /payment          | {"method": "cash"}
    """
  )
  void aValueThatAFieldCantHaveIsNotKept(String path, String value) throws Exception {
    var refused = post("correct_as_reviewer", correction(path, Json.read(value)), token(REVIEWER));
    assertThat(refused.code()).isEqualTo("BS005");
    assertThat(row().path("version").asInt()).as("nothing of it").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    textBlock = """
    /grand_total      | 118.5
    /grand_total      | null
    /invoice_date     | "2026-01-26"
    /reverse_charge   | true
    /seller/name      | "Asha Traders"
    /payment          | {"method": "cash", "due_date": "2026-01-26", "bank": null}
    """
  )
  void aValueThatAFieldCanHaveIsKept(String path, String value) throws Exception {
    var corrected = call("correct_as_reviewer", correction(path, Json.read(value)));
    assertThat(corrected.path("fields").at(path)).isEqualTo(Json.read(value));
  }

  @Test
  void whoHasNoRoleLooksAtTheirOwnPages() throws Exception {
    var nobody = token(Optional.empty());
    assertThat(
      post("doc_as_reviewer", Map.of("p_doc_id", doc), nobody).json().at("/doc/id").asText()
    ).isEqualTo(doc);
    assertThat(post("list_jobs_as_user", Map.of(), nobody).json().path("jobs")).hasSize(1);
  }

  /** Whatever is asked for: a filter that is no object is none. */
  @ParameterizedTest
  @ValueSource(strings = { "{}", "{\"user\": \"%s\"}", "[{\"user\": null}]", "\"x\"", "7" })
  void aUserListsTheirOwnJobsAlone(String form) throws Exception {
    var filter = Json.read(form.formatted(bob));
    assertThat(call("list_jobs_as_user", Map.of("p_filter", filter)).path("jobs"))
      .singleElement()
      .satisfies(job -> assertThat(job.path("user_id").asText()).isEqualTo(alice.toString()));
    var counts = call("count_listed_as_user", Map.of("p_filter", filter));
    assertThat(counts.path("jobs").asInt()).isEqualTo(1);
    assertThat(
      call("approvable_docs_as_user", Map.of("p_filter", filter, "p_limit", 10)).findValuesAsText(
        "id"
      )
    ).containsExactly(doc);
    assertThat(
      call(
        "export_docs_as_user",
        Map.of("p_doc_type", "bill", "p_filter", filter)
      ).findValuesAsText("id")
    ).containsExactly(doc);
  }

  @Test
  void whatIsLookedForIsFoundOnOnesOwnPagesAlone() throws Exception {
    var wanted = Map.of("p_filter", Map.of("text", "INV-1"));
    assertThat(call("list_jobs_as_user", wanted).path("jobs")).hasSize(1);
    assertThat(call("count_listed_as_user", wanted).path("jobs").asInt()).isEqualTo(1);
  }

  @Test
  void anothersDocumentIsNotJoined() throws Exception {
    assertThat(
      post("joined_fields_as_user", Map.of("p_head_id", ofBob), token(REVIEWER)).code()
    ).isEqualTo("BS007");
    assertThat(
      call("joined_fields_as_user", Map.of("p_head_id", doc)).at("/fields/invoice_number").asText()
    ).isEqualTo("INV-1");
  }

  @Test
  void usersSeeByWhichSchemaAPageWasReadButNotThePrompt() throws Exception {
    var schema = "DocTypeSchema?doc_type=eq.bill&version=eq.2&select=";
    assertThat(send("GET", schema + "schema,active", "", token(REVIEWER)).json()).hasSize(1);
    assertThat(send("GET", schema + "prompt", "", token(REVIEWER)).code()).isEqualTo("42501");
    assertThat(send("GET", schema + "schema", "", database.keys().anon()).status()).isEqualTo(401);
  }

  /** Supabase Auth makes none; a filter by nobody would be none. */
  @ParameterizedTest
  @ValueSource(
    strings = {
      "list_jobs_as_user()",
      "count_listed_as_user()",
      "approvable_docs_as_user('{}', 10)",
      "export_docs_as_user('bill')",
      "export_docs_as_user('bill', p_filter => '{}')",
      "joined_fields_as_user('00000000-0000-4000-8000-000000000001')",
    }
  )
  void aTokenThatNamesNobodySeesNothing(String call) throws Exception {
    try (
      var connection = database.postgres().getConnection();
      var statement = connection.createStatement()
    ) {
      connection.setAutoCommit(false);
      statement.execute(
        "SELECT set_config('role', 'authenticated', true), " +
          "set_config('request.jwt.claims', '{\"role\": \"authenticated\"}', true)"
      );
      assertThatThrownBy(() -> statement.execute("SELECT " + call)).hasMessageContaining(
        "Sign in first."
      );
    }
  }

  private JsonNode row() {
    return database
      .supabase()
      .selectOne("Doc", Map.of("id", "eq." + doc))
      .orElseThrow();
  }

  private Map<String, Object> correction(String path, Object value) {
    return writing(Map.of("p_changes", List.of(Map.of("path", path, "value", value))));
  }

  private Map<String, Object> writing(Map<String, ?> what) {
    var arguments = new HashMap<String, Object>(what);
    arguments.put("p_doc_id", doc);
    arguments.put("p_version", row().path("version"));
    arguments.put("p_change_id", UUID.randomUUID());
    return arguments;
  }

  private String token(Optional<String> role) {
    var expires = Instant.now().plus(Duration.ofHours(1));
    return database.keys().user(alice, EMAIL, role, expires);
  }

  private JsonNode call(String function, Map<String, ?> arguments) throws Exception {
    var answer = post(function, arguments, token(REVIEWER));
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json();
  }

  private Answer post(String function, Map<String, ?> arguments, String token) throws Exception {
    return send("POST", "rpc/" + function, Json.text(arguments), token);
  }

  /** As a browser asks: with the key that is everybody's, and one's own token. */
  private Answer send(String method, String path, String body, String token) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(database.url() + "/rest/v1/" + path))
      .header("apikey", database.keys().anon())
      .header("Authorization", "Bearer " + token)
      .method(method, BodyPublishers.ofString(body));
    var response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(
      response.statusCode(),
      response.body().isEmpty() ? Json.mapper().nullNode() : Json.read(response.body())
    );
  }

  private record Answer(int status, JsonNode json) {
    String code() {
      return json.path("code").asText();
    }
  }
}
