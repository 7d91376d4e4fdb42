package dev.billstep.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Project;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobRemoval;
import dev.billstep.review.ProjectPage;
import dev.billstep.review.ReviewHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The review page as a function URL serves it to users of Supabase Auth: the events of real requests, the
 * pages of real uploads, and the database asked with the users' own tokens.
 */
@ExtendWith(OnEmbeddedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReviewByFunctionUrlIT {

  private static final Optional<Path> CHROMIUM = Stream.of(
    "chromium",
    "chromium-browser",
    "google-chrome"
  )
    .map(name -> Path.of("/usr/bin", name))
    .filter(Files::isExecutable)
    .findFirst();
  private static final String PASSWORD = "seven kites over Guntur";

  private final EmbeddedStack stack;
  private final Jobs jobs;
  private final SupabaseAuthStandIn project;
  private final SupabaseAuthStandIn.User alice = user("alice@example.com", "reviewer");
  private final SupabaseAuthStandIn.User bob = user("bob@example.com", "reviewer");
  private final List<ReviewHandler> handlers = new ArrayList<>();
  private JobId job = JobId.of(UUID.randomUUID().toString());
  private JobId ofBob = JobId.of(UUID.randomUUID().toString());

  ReviewByFunctionUrlIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
    this.project = SupabaseAuthStandIn.start(stack.database());
  }

  private static SupabaseAuthStandIn.User user(String email, String role) {
    return new SupabaseAuthStandIn.User(
      UUID.randomUUID(),
      email,
      PASSWORD,
      Optional.of(role).filter(given -> !given.isEmpty())
    );
  }

  @BeforeAll
  void anUploadOfEach() {
    project.add(alice);
    project.add(bob);
    // Another account of hers, which nobody has made a reviewer's.
    project.add(
      new SupabaseAuthStandIn.User(alice.id(), "reader@example.com", PASSWORD, Optional.empty())
    );
    job = uploaded(alice);
    ofBob = uploaded(bob);
    handlers.add(new ReviewHandler(page()));
  }

  private JobId uploaded(SupabaseAuthStandIn.User user) {
    var id = new JobOperations(stack).upload(
      Samples.file("consignment-digital"),
      "bill of %s.pdf".formatted(user.email()),
      UserId.of(user.id().toString())
    );
    assertThat(jobs.ended(id).status()).isEqualTo("processed");
    return id;
  }

  private ProjectPage page() {
    var uri = jobs.docs(job).getFirst().path("storage_uri").asText();
    return ProjectPage.of(
      Map.of(
        ProjectPage.SUPABASE_URL,
        project.url().toString(),
        ProjectPage.SUPABASE_ANON_KEY,
        stack.database().keys().anon(),
        ProjectPage.PAGES_ROOT,
        uri.substring(0, uri.indexOf("jobs/")),
        "AWS_REGION",
        "ap-south-1"
      ),
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))
    );
  }

  @BeforeEach
  void tokensLastAnHour() {
    project.tokensLast(Duration.ofHours(1));
  }

  @AfterAll
  void close() {
    project.close();
  }

  @Test
  void aReviewerSignsInAndReviewsTheirOwnPages() throws Exception {
    var welcome = signIn("alice@example.com", PASSWORD);
    assertThat(welcome.status()).isEqualTo(200);
    assertThat(welcome.json().path("name").asText()).isEqualTo("alice@example.com");
    assertThat(welcome.cookies())
      .hasSize(2)
      .allMatch(
        cookie ->
          cookie.startsWith("__Host-") &&
          cookie.contains("; HttpOnly; Secure; SameSite=Strict; Path=/")
      );
    var her = kept(welcome);
    assertThat(ask(her, "GET", "/api/me").json().path("may").toString()).isEqualTo("[\"decide\"]");

    // The list.
    var listed = ask(her, "GET", "/api/list", "limit=50").json().path("jobs");
    assertThat(ids(listed)).containsExactly(job.toString());
    assertThat(
      ids(
        ask(her, "GET", "/api/list", "q=" + number(job).replace("/", "%2F"))
          .json()
          .path("jobs")
      )
    ).containsExactly(job.toString());
    assertThat(ask(her, "GET", "/api/list/counts").json().at("/counts/jobs").asInt()).isEqualTo(1);
    assertThat(piled(her)).isNotEmpty().containsOnly(job.toString());
    var counts = ask(her, "GET", "/api/piles").json();
    assertThat(counts.findValuesAsText("clear")).isNotEmpty();

    // The job, its images and words.
    var shown = ask(her, "GET", "/api/jobs/" + job).json();
    var known = jobs.docs(job);
    assertThat(shown.path("docs")).hasSameSizeAs(known);
    assertThat(shown.path("calls")).isNotEmpty();
    assertThat(shown.path("attempts")).hasSize(1);
    assertThat(shown.toString())
      .as("where it is kept, and by which run")
      .doesNotContain("file:", "run_token\"", "arn:aws", stack.outputs().pageBucket());
    for (var doc : shown.path("docs")) {
      var uri = doc.path("storage_uri").asText();
      var image = ask(her, "GET", image(doc, uri.substring(uri.lastIndexOf('/') + 1)));
      assertThat(image.headers().path("Content-Type").asText()).isEqualTo("image/png");
      assertThat(image.body()).isEqualTo(imageOf(doc.path("page_number").asInt()));
    }
    var doc = bill(shown);
    assertThat(ask(her, "GET", doc + "/words").json()).isNotEmpty();
    assertThat(ask(her, "GET", doc + "/pages").json()).hasSameSizeAs(known);

    // The desk.
    var claimed = tell(her, doc + "/claim", Map.of()).json();
    assertThat(claimed.at("/doc/claimed_by").asText()).isEqualTo("alice@example.com");
    var change = Map.of("path", "/invoice_number", "value", "INV-7");
    assertThat(
      tell(her, doc + "/check", Map.of("changes", List.of(change)))
        .json()
        .at("/fields/invoice_number")
        .asText()
    ).isEqualTo("INV-7");
    var corrected = tell(
      her,
      doc + "/corrections",
      writing(claimed, Map.of("changes", List.of(change), "actor", "bob@example.com"))
    ).json();
    assertThat(corrected.at("/fields/invoice_number").asText()).isEqualTo("INV-7");
    assertThat(corrected.at("/corrections/0/actor").asText())
      .as("whoever the request says it is")
      .isEqualTo("alice@example.com");
    assertThat(
      tell(her, doc + "/corrections", writing(claimed, Map.of("changes", List.of(change)))).status()
    )
      .as("of a version that is over")
      .isEqualTo(409);
    var approved = tell(
      her,
      doc + "/decision",
      writing(corrected, Map.of("review", "approved"))
    ).json();
    assertThat(approved.at("/doc/review").asText()).isEqualTo("approved");
    assertThat(approved.at("/doc/reviewed_by").asText()).isEqualTo("alice@example.com");
    assertThat(tell(her, doc + "/release", Map.of()).status()).isEqualTo(200);
    var export = ask(her, "GET", "/api/list/export", "format=csv&type=bill");
    assertThat(new String(export.body(), UTF_8)).contains("INV-7");
  }

  @Test
  void anothersRowsImagesAndWordsAreAsGoodAsNone() throws Exception {
    var his = kept(signIn("bob@example.com", PASSWORD));
    assertThat(ids(ask(his, "GET", "/api/list").json().path("jobs"))).containsExactly(
      ofBob.toString()
    );
    assertThat(
      ids(
        ask(his, "GET", "/api/list", "jobs=" + job + "&user=" + alice.id())
          .json()
          .path("jobs")
      )
    ).isEmpty();
    assertThat(
      new String(ask(his, "GET", "/api/list/export", "review=any&format=json").body(), UTF_8)
    ).doesNotContain(job.toString());
    var hers = jobs.docs(job).getFirst();
    var doc = "/api/docs/" + hers.path("id").asText();
    var name = hers.path("picture").asText() + ".png";
    var paths = List.of(
      "/api/jobs/" + job,
      "/api/jobs/" + job + "/row",
      image(hers, name),
      "/api/jobs/%s/pages/9/images/%s".formatted(ofBob, name),
      doc,
      doc + "/words",
      doc + "/pages"
    );
    for (var path : paths) {
      var answer = ask(his, "GET", path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.json().path("message").asText()).isNotEmpty();
    }
    for (var what : List.of("claim", "release")) {
      assertThat(tell(his, doc + "/" + what, Map.of()).status()).isEqualTo(404);
    }
    var writing = Map.of("version", 1, "id", UUID.randomUUID(), "review", "approved");
    assertThat(tell(his, doc + "/decision", writing).status()).isEqualTo(404);
  }

  @Test
  void whoIsNoReviewerLooksAndDoesNotDecide() throws Exception {
    var reader = kept(signIn("reader@example.com", PASSWORD));
    var me = ask(reader, "GET", "/api/me").json();
    assertThat(me.path("may")).isEmpty();
    assertThat(me.path("role").asText()).isEqualTo("reader");
    var shown = ask(reader, "GET", "/api/jobs/" + job).json();
    var doc = bill(shown);
    var seen = ask(reader, "GET", doc);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(ask(reader, "GET", doc + "/words").json()).isNotEmpty();
    for (var refused : List.of(
      tell(reader, doc + "/claim", Map.of()),
      tell(reader, doc + "/decision", writing(seen.json(), Map.of("review", "rejected")))
    )) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("message").asText()).isEqualTo(
        "You are signed in, but no reviewer. Ask whoever runs Billstep."
      );
    }
  }

  @Test
  void aTokenThatIsOverIsMadeAnewOrSignedInForAgain() throws Exception {
    project.tokensLast(Duration.ofSeconds(1));
    var over = kept(signIn("alice@example.com", PASSWORD));
    project.tokensLast(Duration.ofHours(1));
    var answer = ask(over, "GET", "/api/piles");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.cookies()).hasSize(2);
    assertThat(ask(kept(answer), "GET", "/api/piles").cookies())
      .as("it is good")
      .isEmpty();

    var again = ask(over, "GET", "/api/piles");
    assertThat(again.status()).as("the first one was for once").isEqualTo(401);
    assertThat(again.json().path("message").asText()).isEqualTo("Sign in first.");
    assertThat(again.cookies())
      .hasSize(2)
      .allMatch(cookie -> cookie.endsWith("Max-Age=0"));
    var page = ask(over, "GET", "/desk");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.headers().path("Location").asText()).isEqualTo("/sign-in?to=/desk");
  }

  /** What it says is not believed: the database asks for its signature. */
  @Test
  void aTokenThatSomebodyElseHasSignedOpensNothing() throws Exception {
    var good = project.accessToken(alice, Instant.now().plusSeconds(600));
    var forged = good.substring(0, good.lastIndexOf('.')) + ".c2lnbmF0dXJl";
    for (var path : List.of("/api/piles", "/api/list", "/api/jobs/" + job)) {
      var answer = ask(List.of("__Host-billstep_access=" + forged), "GET", path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.json().path("message").asText()).contains("Sign in again");
    }
    assertThat(
      ask(List.of("__Host-billstep_access=" + good), "GET", "/api/piles").status()
    ).isEqualTo(200);
  }

  @Test
  void whoSignsOutHasToSignInAgain() throws Exception {
    project.tokensLast(Duration.ofSeconds(61));
    var her = kept(signIn("alice@example.com", PASSWORD));
    var out = ask(her, "DELETE", "/api/session");
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.cookies())
      .hasSize(2)
      .allMatch(cookie -> cookie.endsWith("Max-Age=0"));
    var refresh = her
      .stream()
      .filter(each -> each.contains("refresh"))
      .toList();
    assertThat(ask(refresh, "GET", "/api/piles").status()).isEqualTo(401);
  }

  @Test
  void aWrongPasswordIsRefusedAndFiveInARowForATime() throws Exception {
    for (int wrong = 0; wrong < 5; wrong++) {
      var refused = signIn("bob@example.com", "wrong", "198.51.100.7");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("message").asText()).contains("don't go together");
      assertThat(refused.cookies()).isEmpty();
    }
    var locked = signIn("bob@example.com", PASSWORD, "198.51.100.7");
    assertThat(locked.status()).isEqualTo(429);
    assertThat(signIn("bob@example.com", PASSWORD, "203.0.113.9").status())
      .as("from elsewhere")
      .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "POST /api/jobs",
      "POST /api/jobs/JOB/retry",
      "POST /api/jobs/JOB/replay",
      "POST /api/jobs/JOB/reread",
      "POST /api/jobs/JOB/cancel",
      "POST /api/jobs/JOB/delete",
      "POST /api/password",
      "GET /api/limits",
    }
  )
  void whatIsForThoseWhoRunTheStackIsNotThere(String request) throws Exception {
    var words = request.replace("JOB", job.toString()).split(" ", -1);
    var her = kept(signIn("alice@example.com", PASSWORD));
    assertThat(ask(her, words[0], words[1]).status()).isEqualTo(404);
    assertThat(ask(List.of(), words[0], words[1]).status())
      .as("nor is it told")
      .isEqualTo(401);
  }

  @Test
  void theFilesOfThePageAreThere() throws Exception {
    var signIn = ask(List.of(), "GET", "/sign-in");
    assertThat(new String(signIn.body(), UTF_8)).contains("E-mail address").doesNotContain("@WHO@");
    assertThat(signIn.headers().path("Content-Security-Policy").asText()).contains(
      "default-src 'none'"
    );
    var her = kept(signIn("alice@example.com", PASSWORD));
    for (var path : List.of("/", "/desk", "/review.js", "/list.js", "/desk.js", "/signed-in.js")) {
      assertThat(ask(her, "GET", path).status())
        .as(path)
        .isEqualTo(200);
    }
  }

  @Test
  void theyReviewInABrowser() throws Exception {
    assumeTrue(CHROMIUM.isPresent(), "needs a Chromium: apt-get install chromium");
    var home = Project.ofSystemProperty().home();
    var shots = Files.createDirectories(home.resolve("localstack/target/review"));
    var shown = uploaded(alice);
    try (var url = FunctionUrl.of(handlers.getFirst())) {
      var browser = new ProcessBuilder(
        "node",
        home.resolve("cli/src/test/browser/project.mjs").toString(),
        url.url().toString(),
        shown.toString(),
        PASSWORD,
        shots.toString()
      ).redirectErrorStream(true);
      browser.environment().put("CHROMIUM", CHROMIUM.orElseThrow().toString());
      var process = browser.start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } finally {
      new JobRemoval(stack).remove(shown, "after the browser", true);
    }
  }

  /** The jobs whose pages wait at somebody's desk. */
  private List<String> piled(List<String> cookies) throws IOException {
    var all = new ArrayList<String>();
    for (var pile : List.of("flagged", "unknown", "clear")) {
      all.addAll(
        ask(cookies, "GET", "/api/piles/" + pile)
          .json()
          .findValuesAsText("job_thread_id")
      );
    }
    return all;
  }

  private String number(JobId of) {
    return jobs
      .docs(of)
      .stream()
      .filter(doc -> doc.path("doc_type").asText().equals("bill"))
      .findFirst()
      .orElseThrow()
      .at("/ocr_payload/fields/invoice_number")
      .asText();
  }

  private byte[] imageOf(int page) {
    return jobs
      .docs(job)
      .stream()
      .filter(doc -> doc.path("page_number").asInt() == page)
      .map(doc -> stack.fetchPage(URI.create(doc.path("storage_uri").asText())))
      .findFirst()
      .orElseThrow();
  }

  private static String image(JsonNode doc, String name) {
    return "/api/jobs/%s/pages/%d/images/%s".formatted(
      doc.path("job_thread_id").asText(),
      doc.path("page_number").asInt(),
      name
    );
  }

  /** The path of a job's first bill. */
  private static String bill(JsonNode shown) {
    return shown
      .path("docs")
      .valueStream()
      .filter(doc -> doc.path("doc_type").asText().equals("bill"))
      .findFirst()
      .map(doc -> "/api/docs/" + doc.path("id").asText())
      .orElseThrow();
  }

  private static Map<String, Object> writing(JsonNode seen, Map<String, ?> what) {
    var asked = new HashMap<String, Object>(what);
    asked.put("version", seen.at("/doc/version").asInt());
    asked.put("id", UUID.randomUUID());
    return asked;
  }

  private static List<String> ids(JsonNode rows) {
    return rows
      .valueStream()
      .map(row -> row.path("id").asText())
      .toList();
  }

  private static List<String> kept(Answer answer) {
    return answer
      .cookies()
      .stream()
      .map(cookie -> cookie.split(";", -1)[0])
      .toList();
  }

  private Answer signIn(String email, String password) throws IOException {
    return signIn(email, password, "203.0.113.1");
  }

  private Answer signIn(String email, String password, String address) throws IOException {
    var body = Json.text(Map.of("name", email, "password", password));
    return handle(List.of(), "POST", "/api/session", "", body, address);
  }

  private Answer ask(List<String> cookies, String method, String path) throws IOException {
    return ask(cookies, method, path, "");
  }

  private Answer ask(List<String> cookies, String method, String path, String query)
    throws IOException {
    return handle(cookies, method, path, query, "", "203.0.113.1");
  }

  private Answer tell(List<String> cookies, String path, Map<String, ?> body) throws IOException {
    return handle(cookies, "POST", path, "", Json.text(body), "203.0.113.1");
  }

  private Answer handle(
    List<String> cookies,
    String method,
    String path,
    String query,
    String body,
    String address
  ) throws IOException {
    var origin = Map.of(
      "host",
      FunctionUrl.HOST,
      "origin",
      "https://" + FunctionUrl.HOST,
      "sec-fetch-site",
      "same-origin"
    );
    var event = FunctionUrl.event(
      method,
      URI.create(query.isEmpty() ? path : path + "?" + query),
      origin,
      cookies,
      body.getBytes(UTF_8),
      address
    );
    var answer = FunctionUrl.invoke(handlers.getFirst(), event);
    return new Answer(
      answer.path("statusCode").asInt(),
      answer.path("headers"),
      Stream.of(answer.path("cookies"))
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::asText)
        .toList(),
      answer.path("body").asText()
    );
  }

  /**
   * What the browser gets.
   *
   * @param encoded the body, in base64
   */
  private record Answer(int status, JsonNode headers, List<String> cookies, String encoded) {
    byte[] body() {
      return Base64.getDecoder().decode(encoded);
    }

    JsonNode json() {
      return Json.read(body(), JsonNode.class);
    }
  }
}
