package dev.billstep.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupabaseClientTest {

  /** As the real ones, but in milliseconds. */
  private static final SupabaseLimits LIMITS = new SupabaseLimits(
    Duration.ofMillis(500),
    Duration.ofMillis(500),
    Duration.ofSeconds(5),
    3,
    Duration.ofMillis(5),
    1_000,
    2
  );

  private static final Answer KEY_REFUSED = Answer.of(
    401,
    "{\"code\": \"PGRST301\", \"message\": \"JWT expired\"}"
  );

  private final HttpServer server = newServer();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @BeforeEach
  void start() {
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
  }

  @Test
  void aFunctionIsCalledWithItsArgumentsAndBothKeys() {
    answers.add(Answer.of(200, "{\"outcome\": \"granted\"}"));
    var answer = client("jwt").call("claim_job", Map.of("p_job_id", "x"));
    assertThat(answer.path("outcome").asText()).isEqualTo("granted");
    assertThat(requests)
      .singleElement()
      .satisfies(request -> {
        assertThat(request.line()).isEqualTo("POST /rest/v1/rpc/claim_job");
        assertThat(request.body()).isEqualTo("{\"p_job_id\":\"x\"}");
        assertThat(request.header("apikey")).isEqualTo("jwt");
        assertThat(request.header("Authorization")).isEqualTo("Bearer jwt");
      });
  }

  @Test
  void aKeyOfTheNewerKindIsNotSentAsAJwt() {
    answers.add(Answer.of(204, ""));
    client("sb_secret_abc").call("fail_job", Map.of());
    assertThat(requests.getFirst().header("apikey")).isEqualTo("sb_secret_abc");
    assertThat(requests.getFirst().header("Authorization")).isEmpty();
  }

  @Test
  void everyPageOfASelectionIsFetchedHoweverFewRowsPostgrestGives() {
    answers.add(new Answer(206, Map.of("Content-Range", "0-1/5"), "[{\"n\":1},{\"n\":2}]"));
    answers.add(new Answer(206, Map.of("Content-Range", "2-2/5"), "[{\"n\":3}]"));
    answers.add(new Answer(206, Map.of("Content-Range", "3-4/5"), "[{\"n\":4},{\"n\":5}]"));
    var rows = client("jwt").select("Doc", "n.asc", Map.of("user_id", "eq.a b&c"));
    assertThat(rows)
      .extracting(row -> row.path("n").asInt())
      .containsExactly(1, 2, 3, 4, 5);
    assertThat(requests)
      .extracting(Request::line)
      .containsExactly(
        "GET /rest/v1/Doc?user_id=eq.a+b%26c&order=n.asc&limit=2&offset=0",
        "GET /rest/v1/Doc?user_id=eq.a+b%26c&order=n.asc&limit=2&offset=2",
        "GET /rest/v1/Doc?user_id=eq.a+b%26c&order=n.asc&limit=2&offset=3"
      );
    assertThat(requests).allSatisfy(request ->
      assertThat(request.header("Prefer")).isEqualTo("count=exact")
    );
  }

  @Test
  void oneRowIsAskedForAsOne() {
    answers.add(Answer.of(200, "{\"n\": 1}"));
    answers.add(Answer.of(406, "{\"code\": \"PGRST116\", \"message\": \"no rows\"}"));
    assertThat(client("jwt").selectOne("Doc", Map.of("n", "eq.1"))).isPresent();
    assertThat(client("jwt").selectOne("Doc", Map.of("n", "eq.2"))).isEmpty();
    assertThat(requests.getFirst().header("Accept")).isEqualTo("application/vnd.pgrst.object+json");
  }

  @Test
  void anUpsertMergesAndAnInsertDoesNot() {
    answers.add(Answer.of(201, ""));
    answers.add(Answer.of(200, ""));
    client("jwt").insert("Settings", Map.of("key", "a"));
    client("jwt").upsert("Settings", Map.of("key", "a"));
    assertThat(requests)
      .extracting(request -> request.header("Prefer"))
      .containsExactly("return=minimal", "resolution=merge-duplicates,return=minimal");
  }

  @Test
  void aRefusalCarriesPostgrestsCodeAndIsNotRepeated() {
    answers.add(Answer.of(400, "{\"code\": \"BS003\", \"message\": \"not held\"}"));
    assertThatThrownBy(() -> client("jwt").call("persist_docs", Map.of()))
      .isInstanceOfSatisfying(SupabaseRefused.class, refused ->
        assertThat(refused.code()).isEqualTo("BS003")
      )
      .hasMessageContaining("not held");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aKeyThatWasReplacedIsTakenUpAsSoonAsTheOldOneIsRefused() {
    answers.add(KEY_REFUSED);
    answers.add(Answer.of(201, ""));
    var client = new SupabaseClient(address(), new Rotated("old", "new"), LIMITS);
    client.insert("JobThread", Map.of());
    assertThat(requests)
      .extracting(request -> request.header("apikey"))
      .containsExactly("old", "new");
  }

  @Test
  void aKeyThatIsRefusedAndNotReplacedIsNotShownAgainButMayBeLater() {
    answers.add(KEY_REFUSED);
    assertThatThrownBy(() -> client("secret-key").call("claim_job", Map.of()))
      .isInstanceOf(SupabaseKeyRefused.class)
      .hasMessageContaining("401")
      .hasMessageContaining("JWT expired")
      .hasMessageNotContaining("secret-key");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aKeyIsRenewedOnceForARequest() {
    answers.add(KEY_REFUSED);
    answers.add(KEY_REFUSED);
    var client = new SupabaseClient(address(), new Rotated("old", "new"), LIMITS);
    assertThatThrownBy(() -> client.call("claim_job", Map.of())).isInstanceOf(
      SupabaseKeyRefused.class
    );
    assertThat(requests).hasSize(2);
  }

  @Test
  void aFunctionThatIsNotThereIsARefusal() {
    answers.add(Answer.of(404, "{\"code\": \"PGRST202\", \"message\": \"no function\"}"));
    assertThatThrownBy(() -> client("jwt").call("nope", Map.of())).hasMessage(
      "Supabase refused POST rpc/nope: 404 PGRST202 no function"
    );
  }

  @Test
  void aConflictIsARefusal() {
    answers.add(Answer.of(409, "{\"code\": \"23505\", \"message\": \"duplicate key\"}"));
    assertThatThrownBy(() -> client("jwt").insert("JobThread", Map.of()))
      .isInstanceOf(SupabaseRefused.class)
      .hasMessageContaining("23505");
  }

  @Test
  void aRefusalThatIsNoJsonIsStillARefusal() {
    answers.add(Answer.of(403, "<html>Forbidden</html>"));
    assertThatThrownBy(() -> client("jwt").call("claim_job", Map.of()))
      .isInstanceOf(SupabaseRefused.class)
      .hasMessageContaining("403");
  }

  @Test
  void tooManyRequestsAreRepeatedWhenTheServerSays() {
    answers.add(new Answer(429, Map.of("Retry-After", "1"), ""));
    answers.add(Answer.of(200, "7"));
    var patient = new SupabaseLimits(
      LIMITS.connect(),
      Duration.ofSeconds(2),
      LIMITS.total(),
      LIMITS.attempts(),
      LIMITS.firstDelay(),
      LIMITS.requestBytes(),
      LIMITS.pageRows()
    );
    var client = new SupabaseClient(address(), () -> "jwt", patient);
    assertThat(client.call("stuck_jobs", Map.of()).asInt()).isEqualTo(7);
    assertThat(requests.get(1).at() - requests.get(0).at()).isGreaterThan(900_000_000L);
  }

  @Test
  void aHiccupOfTheServerIsRepeated() {
    answers.add(Answer.of(503, ""));
    answers.add(Answer.of(500, ""));
    answers.add(Answer.of(200, "7"));
    assertThat(client("jwt").call("stuck_jobs", Map.of()).asInt()).isEqualTo(7);
  }

  @Test
  void anOutageIsTheStateMachinesToWaitOut() {
    answers.addAll(List.of(Answer.of(503, ""), Answer.of(429, ""), Answer.of(500, "")));
    assertThatThrownBy(() -> client("jwt").call("stuck_jobs", Map.of())).isInstanceOf(
      SupabaseUnavailable.class
    );
    assertThat(requests).hasSize(3);
  }

  @Test
  void anInsertIsNotRepeatedSinceItMayHaveHappened() {
    answers.add(Answer.of(503, ""));
    assertThatThrownBy(() -> client("jwt").insert("JobThread", Map.of())).isInstanceOf(
      SupabaseUnavailable.class
    );
    assertThat(requests).hasSize(1);
  }

  @Test
  void nobodyAtTheAddressIsUnavailable() {
    var nowhere = new SupabaseClient(URI.create("http://127.0.0.1:1"), () -> "secret-key", LIMITS);
    assertThatThrownBy(() -> nowhere.call("claim_job", Map.of()))
      .isInstanceOf(SupabaseUnavailable.class)
      .hasMessageNotContaining("secret-key");
  }

  @Test
  void anAnswerThatBreaksOffIsUnavailable() {
    answers.add(Answer.truncated());
    answers.add(Answer.truncated());
    answers.add(Answer.truncated());
    assertThatThrownBy(() -> client("jwt").call("claim_job", Map.of())).isInstanceOf(
      SupabaseUnavailable.class
    );
  }

  @Test
  void anAnswerThatIsNoJsonIsUnavailable() {
    answers.addAll(List.of(Answer.of(200, "<"), Answer.of(200, "<"), Answer.of(200, "<")));
    assertThatThrownBy(() -> client("jwt").call("claim_job", Map.of()))
      .isInstanceOf(SupabaseUnavailable.class)
      .hasMessageContaining("not JSON");
  }

  @Test
  void silenceIsUnavailableOnceTheLimitIsOver() {
    answers.addAll(List.of(Answer.silence(), Answer.silence(), Answer.silence()));
    assertThatThrownBy(() -> client("jwt").call("claim_job", Map.of()))
      .isInstanceOf(SupabaseUnavailable.class)
      .hasMessageContaining("within PT0.5S");
    assertThat(requests).hasSize(3);
  }

  private SupabaseClient client(String key) {
    return new SupabaseClient(address(), () -> key, LIMITS);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = take(exchange);
      if (answer.status() == Answer.SILENT) {
        awaitTheEnd();
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      int more = answer.isTruncated() ? 100 : 0;
      int length = body.length + more;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer take(HttpExchange exchange) throws IOException {
    requests.add(
      new Request(
        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
        Map.copyOf(exchange.getRequestHeaders()),
        System.nanoTime()
      )
    );
    return answers.remove();
  }

  private void awaitTheEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A key that has been replaced since it was fetched. */
  private record Rotated(String current, String renewed) implements ProjectKey {}

  private record Answer(int status, Map<String, String> headers, String body) {
    static final int SILENT = 0;
    private static final String CUT = "{\"outcome\": ";

    static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body);
    }

    static Answer silence() {
      return of(SILENT, "");
    }

    /** Says that there is more to come, and closes. */
    static Answer truncated() {
      return of(200, CUT);
    }

    boolean isTruncated() {
      return body.equals(CUT);
    }
  }

  private record Request(String line, String body, Map<String, List<String>> headers, long at) {
    String header(String name) {
      return headers
        .entrySet()
        .stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst()
        .orElse("");
    }
  }
}
