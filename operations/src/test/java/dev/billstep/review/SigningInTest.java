package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.http.Token;
import dev.billstep.json.Json;
import dev.billstep.people.AuditEvent;
import dev.billstep.people.Deed;
import dev.billstep.people.HashingWork;
import dev.billstep.people.Password;
import dev.billstep.people.People;
import dev.billstep.people.Role;
import dev.billstep.people.UserName;
import dev.billstep.stack.DeployedStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what of the review page, where there are users. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigningInTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String PASSWORD = "seven kites over Guntur";
  private static final String JOB = "00000000-0000-4000-8000-000000000001";

  /** Who is let in is told that nothing answers. */
  private static final DeployedStack STACK = SilentStack.make();

  @TempDir
  static Path data;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;
  private Optional<ReviewServer> served = Optional.empty();
  private Optional<People> known = Optional.empty();

  @BeforeAll
  void aReviewerAndAnOperator() {
    var people = new People(data.resolve("people"), clock, HashingWork.NONE);
    people.users().add(new UserName("Asha"), Role.REVIEWER, new Password(PASSWORD));
    people.users().add(new UserName("Omar"), Role.OPERATOR, new Password(PASSWORD));
    known = Optional.of(people);
    served = Optional.of(
      ReviewServer.start(
        STACK,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Token.generate(),
        known,
        Optional.empty()
      )
    );
  }

  @AfterAll
  void close() {
    served.ifPresent(ReviewServer::close);
  }

  /** Every request that is answered, and who may make it. A new one has to be added here. */
  private static final Map<String, Right> RIGHTS = Map.ofEntries(
    Map.entry("GET /sign-in", Right.ANYBODY),
    Map.entry("GET /sign-in.js", Right.ANYBODY),
    Map.entry("GET /ask.js", Right.ANYBODY),
    Map.entry("GET /icon.svg", Right.ANYBODY),
    Map.entry("GET /review.css", Right.ANYBODY),
    Map.entry("POST /api/session", Right.ANYBODY),
    Map.entry("DELETE /api/session", Right.ANYBODY),
    Map.entry("GET /", Right.REVIEWER),
    Map.entry("GET /account", Right.REVIEWER),
    Map.entry("GET /account.js", Right.REVIEWER),
    Map.entry("GET /signed-in.js", Right.REVIEWER),
    Map.entry("GET /job-view.js", Right.REVIEWER),
    Map.entry("GET /review.js", Right.REVIEWER),
    Map.entry("GET /desk", Right.REVIEWER),
    Map.entry("GET /desk.css", Right.REVIEWER),
    Map.entry("GET /desk.js", Right.REVIEWER),
    Map.entry("GET /desk-document.js", Right.REVIEWER),
    Map.entry("GET /desk-fields.js", Right.REVIEWER),
    Map.entry("GET /desk-form.js", Right.REVIEWER),
    Map.entry("GET /desk-grid.js", Right.REVIEWER),
    Map.entry("GET /desk-picture.js", Right.REVIEWER),
    Map.entry("GET /api/me", Right.REVIEWER),
    Map.entry("POST /api/password", Right.REVIEWER),
    Map.entry("GET /api/limits", Right.REVIEWER),
    Map.entry("GET /api/openapi.yaml", Right.REVIEWER),
    Map.entry("GET /list.js", Right.REVIEWER),
    Map.entry("GET /api/list", Right.REVIEWER),
    Map.entry("GET /api/list/counts", Right.REVIEWER),
    Map.entry("GET /api/list/approvable", Right.REVIEWER),
    Map.entry("GET /api/list/export", Right.REVIEWER),
    Map.entry("GET /api/jobs/ID", Right.REVIEWER),
    Map.entry("GET /api/jobs/ID/row", Right.REVIEWER),
    Map.entry("GET /api/jobs/ID/pages/1/images/IMAGE", Right.REVIEWER),
    Map.entry("POST /api/jobs/ID/reread", Right.REVIEWER),
    Map.entry("GET /api/piles", Right.REVIEWER),
    Map.entry("GET /api/piles/flagged", Right.REVIEWER),
    Map.entry("GET /api/docs/ID", Right.REVIEWER),
    Map.entry("GET /api/docs/ID/words", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/claim", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/release", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/check", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/corrections", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/type", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/decision", Right.REVIEWER),
    Map.entry("GET /api/docs/ID/pages", Right.REVIEWER),
    Map.entry("POST /api/docs/ID/document", Right.REVIEWER),
    Map.entry("POST /api/jobs", Right.OPERATOR),
    Map.entry("POST /api/jobs/ID/retry", Right.OPERATOR),
    Map.entry("POST /api/jobs/ID/replay", Right.OPERATOR),
    Map.entry("POST /api/jobs/ID/cancel", Right.OPERATOR),
    Map.entry("POST /api/jobs/ID/delete", Right.OPERATOR)
  );

  @Test
  void everyRequestHasTheRightThatItTakes() {
    var requests = ReviewRequests.ofMachine(STACK, clock, known, Optional.empty(), () -> 0);
    for (var route : requests.routes()) {
      assertThat(
        RIGHTS.entrySet()
          .stream()
          .filter(each -> isAnsweredBy(route, each.getKey()))
          .map(Map.Entry::getValue)
      )
        .as("%s %s, in the table of this test", route.method(), route.path())
        .containsExactly(route.right());
    }
    assertThat(requests.routes()).hasSameSizeAs(RIGHTS.keySet());
  }

  private static boolean isAnsweredBy(Route route, String request) {
    var words = request.split(" ", -1);
    return words[0].equals(route.method()) && route.path().matcher(path(words[1])).matches();
  }

  private static String path(String request) {
    return request.replace("ID", JOB).replace("IMAGE", "a".repeat(64) + ".png");
  }

  static Stream<Arguments> requests() {
    return RIGHTS.entrySet()
      .stream()
      .map(each ->
        arguments(each.getKey().split(" ", -1)[0], each.getKey().split(" ", -1)[1], each.getValue())
      );
  }

  @Test
  void whoHasNotSignedInIsNotToldWhatThereIs() throws Exception {
    assertThat(ask("GET", "/api/no-such-thing", "").statusCode()).isEqualTo(401);
    assertThat(ask("GET", "/api/jobs", "").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void whoHasNotSignedInIsToldTo(String method, String path, Right right) throws Exception {
    var answer = ask(method, path(path), "{}");
    if (right == Right.ANYBODY) {
      assertThat(answer.statusCode()).isNotIn(401, 303);
    } else if (List.of("/", "/desk", "/account").contains(path)) {
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).hasValue("/sign-in?to=" + path);
    } else {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(json(answer).path("message").asText()).isEqualTo("Sign in first.");
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void whatIsForOperatorsIsRefusedToReviewers(String method, String path, Right right)
    throws Exception {
    if (right == Right.OPERATOR) {
      var answer = ask(method, path(path), "{}", "Cookie", cookie("Asha"));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(json(answer).path("message").asText()).isEqualTo(
        "That is for operators, and Asha is a reviewer. Ask an operator to do it."
      );
      assertThat(audit().getLast())
        .extracting(AuditEvent::who, AuditEvent::deed, AuditEvent::about)
        .containsExactly("Asha", Deed.NOT_ALLOWED, method + " " + path(path));
    }
  }

  @Test
  void aUserSignsInAndOut() throws Exception {
    var welcome = signIn("omar", PASSWORD);
    assertThat(welcome.statusCode()).isEqualTo(200);
    assertThat(json(welcome)).isEqualTo(Json.read("{\"name\": \"Omar\", \"role\": \"operator\"}"));
    var set = welcome.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
    var cookie = set.split(";", -1)[0];
    assertThat(ask("GET", "/", "", "Cookie", cookie).body()).contains("Upload bills");
    assertThat(ask("GET", "/api/me", "", "Cookie", cookie).body()).contains("Omar");

    var out = ask("DELETE", "/api/session", "", "Cookie", cookie);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(ask("GET", "/api/me", "", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void thePageLearnsWhatItMayOffer() throws Exception {
    var reviewer = json(ask("GET", "/api/me", "", "Cookie", cookie("Asha")));
    assertThat(texts(reviewer.path("may"))).containsExactlyInAnyOrder(
      "decide",
      "reread",
      "password"
    );
    var operator = json(ask("GET", "/api/me", "", "Cookie", cookie("Omar")));
    assertThat(texts(operator.path("may"))).contains("run");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void aBrowserThatHasThePageByTlsIsToldToSendItsCookieByTlsAlone() throws Exception {
    var host = server().getAuthority();
    var welcome = ask(
      "POST",
      "/api/session",
      credentials("Asha", PASSWORD),
      "Origin",
      "https://" + host
    );
    assertThat(welcome.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  @ParameterizedTest
  @ValueSource(strings = { "http://example.com", "https://example.com", "null" })
  void aPageOfAnotherSiteCanNeitherSignInNorAsk(String origin) throws Exception {
    var signIn = ask("POST", "/api/session", credentials("Asha", PASSWORD), "Origin", origin);
    assertThat(signIn.statusCode()).isEqualTo(403);
    assertThat(signIn.headers().firstValue("Set-Cookie")).isEmpty();
    var cookie = cookie("Omar");
    assertThat(
      ask(
        "POST",
        "/api/jobs/" + JOB + "/cancel",
        "{}",
        "Cookie",
        cookie,
        "Origin",
        origin
      ).statusCode()
    ).isEqualTo(403);
  }

  @Test
  void aWrongPasswordIsRefusedAsANameOfNobodyIs() throws Exception {
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    var wrong = signIn("Omar", "another lorry full of tamarind");
    var unknown = signIn("Nobody", "another lorry full of tamarind");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).isEqualTo(unknown.body()).contains("don't go together");
  }

  @Test
  void aNameThatIsLockedIsToldForHowLong() throws Exception {
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    for (int wrong = 0; wrong < 5; wrong++) {
      assertThat(signIn("Locked", "x").statusCode()).isEqualTo(403);
    }
    var locked = signIn("Locked", "x");
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(json(locked).path("message").asText()).isEqualTo(
      "There were too many wrong passwords. Try again in 15 minutes."
    );
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "",
      "{}",
      "[]",
      "null",
      "{\"name\": \"Asha\"}",
      "{\"name\": null, \"password\": null}",
      "x",
    }
  )
  void whatIsNoNameAndPasswordIsRefused(String body) throws Exception {
    assertThat(ask("POST", "/api/session", body).statusCode()).isEqualTo(400);
  }

  @Test
  void oneChangesOnesOwnPassword() throws Exception {
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    var other = "a lorry full of tamarind";
    known
      .orElseThrow()
      .users()
      .add(new UserName("Changing"), Role.REVIEWER, new Password(PASSWORD));
    var cookie = cookie("Changing");
    assertThat(change(cookie, PASSWORD, "short")).satisfies(answer -> {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("at least 15 characters");
    });
    assertThat(change(cookie, "wrong one that is long", other).statusCode()).isEqualTo(403);
    now.updateAndGet(time -> time.plusSeconds(1));
    var changed = change(cookie, PASSWORD, other);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/api/me", "", "Cookie", cookie).statusCode()).isEqualTo(401);
    var newer = changed.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
    assertThat(ask("GET", "/api/me", "", "Cookie", newer).statusCode()).isEqualTo(200);
    assertThat(audit()).extracting(AuditEvent::deed).contains(Deed.PASSWORD_SET);
  }

  private HttpResponse<String> change(String cookie, String before, String password)
    throws Exception {
    var body = Json.text(Map.of("before", before, "password", password));
    return ask("POST", "/api/password", body, "Cookie", cookie);
  }

  @Test
  void whereThereAreUsersTheAddressesTokenOpensNothing() throws Exception {
    var token = Token.generate();
    try (
      var server = ReviewServer.start(
        STACK,
        new InetSocketAddress(0),
        token,
        known,
        Optional.empty()
      )
    ) {
      var uri = server.uris().getFirst();
      var opened = send(uri, "GET", "");
      assertThat(opened.statusCode()).isEqualTo(303);
      assertThat(opened.headers().firstValue("Location")).hasValue("/sign-in?to=/");
      var bearer = send(
        uri.resolve("/api/list"),
        "GET",
        "",
        "Authorization",
        "Bearer " + token.value()
      );
      assertThat(bearer.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aProgramAsksByTheTokenOfItsUser() throws Exception {
    var users = known.orElseThrow().users();
    var token = "Bearer " + users.giveToken("Asha").value();
    assertThat(ask("GET", "/api/me", "", "Authorization", token).body()).contains("Asha");
    var upload = ask("POST", "/api/jobs?name=x.pdf", "%PDF", "Authorization", token);
    assertThat(upload.statusCode()).as("Asha may not, so hers may not").isEqualTo(403);
    users.takeToken("Asha");
    assertThat(ask("GET", "/api/me", "", "Authorization", token).statusCode()).isEqualTo(401);
  }

  private String cookie(String name) throws Exception {
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    return signIn(name, PASSWORD)
      .headers()
      .firstValue("Set-Cookie")
      .orElseThrow()
      .split(";", -1)[0];
  }

  private HttpResponse<String> signIn(String name, String password) throws Exception {
    return ask("POST", "/api/session", credentials(name, password));
  }

  private static String credentials(String name, String password) {
    return Json.text(Map.of("name", name, "password", password));
  }

  private List<AuditEvent> audit() {
    return known.orElseThrow().audit().since(Instant.EPOCH);
  }

  private URI server() {
    return served.orElseThrow().uris().getFirst();
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers)
    throws Exception {
    return send(server().resolve(path), method, body, headers);
  }

  private static HttpResponse<String> send(URI uri, String method, String body, String... headers)
    throws Exception {
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.read(answer.body());
  }
}
