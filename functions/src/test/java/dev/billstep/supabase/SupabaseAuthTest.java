package dev.billstep.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in to Supabase Auth, and what is asked with the token that one has then. */
class SupabaseAuthTest {

  private final HttpServer server = newServer();
  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private String answer = "";
  private final SupabaseClient project = new SupabaseClient(
    URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
    () -> "sb_publishable_1",
    SupabaseLimits.DEFAULT
  );
  private final SupabaseAuth auth = new SupabaseAuth(project);

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", exchange -> {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      asked.add(
        "%s %s %s apikey=%s authorization=%s".formatted(
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          body,
          headers.getFirst("apikey"),
          headers.getFirst("Authorization")
        )
      );
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int with, String body) {
    status = with;
    answer = body;
  }

  @Test
  void whoHasThePasswordHasASession() {
    answers(
      200,
      "{\"access_token\": \"a1\", \"token_type\": \"bearer\", \"expires_in\": 3600, \"refresh_token\": \"r1\"}"
    );
    assertThat(auth.signIn("alice@example.com", "secret")).hasValue(
      new UserSession("a1", Duration.ofHours(1), "r1")
    );
    assertThat(asked)
      .singleElement()
      .asString()
      .matches(
        "POST /auth/v1/token\\?grant_type=password \\{.*\\} apikey=sb_publishable_1 authorization=null"
      );
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    textBlock = """
    400 | {"code": 400, "error_code": "invalid_credentials", "msg": "Invalid login credentials"}
    400 | {"code": 400, "error_code": "email_not_confirmed", "msg": "Email not confirmed"}
    400 | {"error": "invalid_grant", "error_description": "Invalid login credentials"}
    422 | {"code": 422, "error_code": "validation_failed", "msg": "missing email"}
    403 | {"code": "user_banned", "message": "User is banned"}
    """
  )
  void whoHasNotHasNone(int with, String body) {
    answers(with, body);
    assertThat(auth.signIn("alice@example.com", "wrong")).isEmpty();
    assertThat(asked).as("once").hasSize(1);
  }

  @Test
  void aKeyThatTheGatewayDoesNotKnowIsNoWrongPassword() {
    answers(401, "{\"message\": \"Invalid API key\"}");
    assertThatThrownBy(() -> auth.signIn("alice@example.com", "secret"))
      .isInstanceOf(SupabaseRefused.class)
      .hasMessageContaining("Invalid API key")
      .hasMessageNotContaining("service role");
  }

  @Test
  void tooManyAttemptsAreToBeMadeLater() {
    answers(
      429,
      "{\"code\": 429, \"error_code\": \"over_request_rate_limit\", \"msg\": \"later\"}"
    );
    assertThatThrownBy(() -> auth.signIn("alice@example.com", "secret")).isInstanceOf(
      SupabaseUnavailable.class
    );
    assertThat(asked).as("no attempt of ours is added").hasSize(1);
  }

  @Test
  void aSessionThatHasEndedIsSignedOutOf() {
    answers(403, "{\"code\": 403, \"error_code\": \"session_not_found\", \"msg\": \"gone\"}");
    assertThatCode(() -> auth.signOut("a1")).doesNotThrowAnyException();
    assertThat(asked)
      .singleElement()
      .asString()
      .isEqualTo(
        "POST /auth/v1/logout?scope=local {} apikey=sb_publishable_1 authorization=Bearer a1"
      );
  }

  @Test
  void aUserAsksByTheirTokenBesideTheKeyThatIsEverybodys() {
    answers(200, "[]");
    project.by("a1").call("list_jobs_as_user", Map.of());
    assertThat(asked)
      .singleElement()
      .asString()
      .isEqualTo(
        "POST /rest/v1/rpc/list_jobs_as_user {} apikey=sb_publishable_1 authorization=Bearer a1"
      );
  }

  @Test
  void aTokenThatIsOverIsToBeHadAnew() {
    answers(401, "{\"code\": \"PGRST303\", \"message\": \"JWT expired\"}");
    var user = project.by("a1");
    assertThatThrownBy(() -> user.selectOne("Doc", Map.of()))
      .isInstanceOf(UserTokenRefused.class)
      .hasMessageContaining("Sign in again");
    assertThat(asked).hasSize(1);
  }
}
