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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupabaseClientTest {

  private final HttpServer server = newServer();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();

  @BeforeEach
  void start() {
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFunctionIsCalledWithItsArgumentsAndBothKeys() {
    answers.add(new Answer(200, "{\"outcome\": \"granted\"}"));
    var answer = client("jwt").call("claim_job", Map.of("p_job_id", "x"));
    assertThat(answer.path("outcome").asText()).isEqualTo("granted");
    assertThat(requests)
      .singleElement()
      .satisfies(request -> {
        assertThat(request.line()).isEqualTo("POST /rest/v1/rpc/claim_job");
        assertThat(request.body()).isEqualTo("{\"p_job_id\":\"x\"}");
        assertThat(request.apikey()).isEqualTo("jwt");
        assertThat(request.authorization()).isEqualTo("Bearer jwt");
      });
  }

  @Test
  void aKeyOfTheNewerKindIsNotSentAsAJwt() {
    answers.add(new Answer(204, ""));
    client("sb_secret_abc").call("fail_job", Map.of());
    assertThat(requests.getFirst().apikey()).isEqualTo("sb_secret_abc");
    assertThat(requests.getFirst().authorization()).isEmpty();
  }

  @Test
  void filtersAreEncoded() {
    answers.add(new Answer(200, "[]"));
    client("jwt").select("Doc", Map.of("storage_uri", "eq.a b&c"));
    assertThat(requests.getFirst().line()).isEqualTo("GET /rest/v1/Doc?storage_uri=eq.a+b%26c");
  }

  @Test
  void aRefusalCarriesPostgrestsCode() {
    answers.add(new Answer(400, "{\"code\": \"BS003\", \"message\": \"not held\"}"));
    assertThatThrownBy(() -> client("jwt").call("persist_docs", Map.of()))
      .isInstanceOfSatisfying(SupabaseRefused.class, refused ->
        assertThat(refused.code()).isEqualTo("BS003")
      )
      .hasMessageContaining("not held");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aHiccupIsTriedAgain() {
    answers.add(new Answer(503, ""));
    answers.add(new Answer(200, "7"));
    assertThat(client("jwt").call("stuck_jobs", Map.of()).asInt()).isEqualTo(7);
  }

  @Test
  void anOutageIsTheStateMachinesToWaitOut() {
    answers.addAll(List.of(new Answer(503, ""), new Answer(429, ""), new Answer(500, "")));
    assertThatThrownBy(() -> client("jwt").call("stuck_jobs", Map.of())).isInstanceOf(
      SupabaseUnavailable.class
    );
    assertThat(requests).hasSize(3);
  }

  @Test
  void nobodyAtTheAddressIsUnavailable() {
    var nowhere = new SupabaseClient(URI.create("http://127.0.0.1:1"), () -> "secret-key");
    assertThatThrownBy(() -> nowhere.call("claim_job", Map.of()))
      .isInstanceOf(SupabaseUnavailable.class)
      .hasMessageNotContaining("secret-key");
  }

  private SupabaseClient client(String key) {
    return new SupabaseClient(
      URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
      () -> key
    );
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      requests.add(
        new Request(
          exchange.getRequestMethod() + " " + exchange.getRequestURI(),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
          headers.getOrDefault("apikey", List.of("")).getFirst(),
          headers.getOrDefault("Authorization", List.of("")).getFirst()
        )
      );
      var answer = answers.remove();
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Answer(int status, String body) {}

  private record Request(String line, String body, String apikey, String authorization) {}
}
