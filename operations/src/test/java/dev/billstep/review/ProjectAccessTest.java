package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.billstep.json.Json;
import dev.billstep.people.Role;
import dev.billstep.supabase.SupabaseAuth;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by what Supabase Auth has given them. */
class ProjectAccessTest {

  private static final String HOST = "abc.lambda-url.ap-south-1.on.aws";
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final String USER = "11111111-1111-4111-8111-111111111111";

  private final HttpServer server = newServer();
  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private String answer = "";
  private final ProjectAccess access = new ProjectAccess(
    new SupabaseAuth(
      new SupabaseClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        () -> "anon",
        SupabaseLimits.DEFAULT
      )
    ),
    () -> NOW
  );

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
      asked.add(
        exchange.getRequestURI() +
          " " +
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
      );
      var body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String token(Duration left) {
    return token(
      Map.of(
        "sub",
        USER,
        "email",
        "alice@example.com",
        "exp",
        NOW.plus(left).getEpochSecond(),
        "app_metadata",
        Map.of("billstep_role", "reviewer")
      )
    );
  }

  private static String token(Map<String, ?> claims) {
    var payload = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(claims));
    return "e30.%s.c2ln".formatted(payload);
  }

  private static Headers headers(String... pairs) {
    var headers = new Headers();
    headers.set("Host", HOST);
    for (int index = 0; index < pairs.length; index += 2) {
      headers.set(pairs[index], pairs[index + 1]);
    }
    return headers;
  }

  private static String kept(String access, String refresh) {
    return "__Host-billstep_access=%s; __Host-billstep_refresh=%s".formatted(access, refresh);
  }

  private static ReviewRequest request(String method, Headers headers, Visitor visitor) {
    return new ReviewRequest(
      method,
      URI.create("/api/piles"),
      headers,
      new ByteArrayInputStream(new byte[0]),
      "203.0.113.9",
      visitor
    );
  }

  @Test
  void whoHasSignedInIsKnownByTheirToken() {
    var visitor = access.visitor(headers("Cookie", kept(token(Duration.ofMinutes(30)), "r1")));
    assertThat(visitor).isInstanceOfSatisfying(Visitor.ByToken.class, by -> {
      assertThat(by.token().user()).isEqualTo(USER);
      assertThat(by.token().role()).hasValue(Role.REVIEWER);
      assertThat(by.renewed()).isEmpty();
    });
    assertThat(visitor.name()).hasValue("alice@example.com");
    assertThat(asked).as("nobody was asked").isEmpty();
  }

  @Test
  void aProgramShowsItsUsersToken() {
    var token = "Bearer " + token(Duration.ofMinutes(30));
    assertThat(access.visitor(headers("Authorization", token))).isInstanceOf(Visitor.ByToken.class);
  }

  @Test
  void aTokenThatIsOverIsMadeAnew() {
    var next = token(Duration.ofHours(1));
    answer = Json.text(Map.of("access_token", next, "expires_in", 3600, "refresh_token", "r2"));
    var headers = headers("Cookie", kept(token(Duration.ofSeconds(-1)), "r1"));
    var visitor = access.visitor(headers);
    assertThat(asked).containsExactly(
      "/auth/v1/token?grant_type=refresh_token {\"refresh_token\":\"r1\"}"
    );
    var settled = access.settle(
      request("GET", headers, visitor),
      ReviewResponse.json(200, Map.of())
    );
    assertThat(settled.cookies()).containsExactly(
      "__Host-billstep_access=%s; HttpOnly; Secure; SameSite=Strict; Path=/".formatted(next),
      "__Host-billstep_refresh=r2; HttpOnly; Secure; SameSite=Strict; Path=/"
    );
  }

  @Test
  void whoseSessionHasEndedSignsInAgain() {
    status = 400;
    answer = "{\"code\": 400, \"error_code\": \"refresh_token_not_found\", \"msg\": \"Invalid\"}";
    var headers = headers("Cookie", kept(token(Duration.ofSeconds(-1)), "r1"));
    var visitor = access.visitor(headers);
    assertThat(visitor).isEqualTo(new Visitor.Stranger());
    var request = request("GET", headers, visitor);
    assertThatThrownBy(() -> access.check(request, Right.REVIEWER)).hasMessage("Sign in first.");
    assertThat(access.settle(request, ReviewResponse.problem(401, "Sign in first.")).cookies())
      .hasSize(2)
      .allMatch(cookie -> cookie.contains("=; ") && cookie.endsWith("Max-Age=0"));
  }

  @ParameterizedTest
  @ValueSource(strings = { "", "x", "a.b.c", "e30.e30.e30", "..", "e30.W10.e30" })
  void whatIsNoTokenIsNobodys(String value) {
    assertThat(access.visitor(headers("Cookie", "__Host-billstep_access=" + value))).isEqualTo(
      new Visitor.Stranger()
    );
  }

  @Test
  void aRoleThatIsNoneOfOursIsNone() {
    var claims = Map.of(
      "sub",
      USER,
      "exp",
      NOW.plusSeconds(600).getEpochSecond(),
      "app_metadata",
      Map.of("billstep_role", "owner"),
      "user_metadata",
      Map.of("billstep_role", "reviewer")
    );
    assertThat(UserToken.of(token(claims)).orElseThrow())
      .extracting(UserToken::role, UserToken::email)
      .containsExactly(Optional.empty(), USER);
  }

  /** Neither reads nor writes: not even a session is had to go on for it. */
  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, https://other.lambda-url.ap-south-1.on.aws",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
  })
  void aPageOfAnotherSiteIsNobody(String header, String value) {
    var headers = headers("Cookie", kept(token(Duration.ofMinutes(-1)), "r1"), header, value);
    var visitor = access.visitor(headers);
    assertThat(visitor).isEqualTo(new Visitor.Stranger());
    assertThat(asked).isEmpty();
    assertThatThrownBy(() ->
      access.check(request("POST", headers, visitor), Right.ANYBODY)
    ).hasMessageContaining("another site");
    assertThat(
      access
        .settle(request("GET", headers, visitor), ReviewResponse.problem(401, "Sign in first."))
        .cookies()
    )
      .as("nor does it sign anybody out")
      .isEmpty();
  }

  @Test
  void thePagesOwnRequestsPass() {
    var headers = headers(
      "Cookie",
      kept(token(Duration.ofMinutes(30)), "r1"),
      "Origin",
      "https://" + HOST,
      "Sec-Fetch-Site",
      "same-origin"
    );
    var visitor = access.visitor(headers);
    assertThatCode(() ->
      access.check(request("POST", headers, visitor), Right.REVIEWER)
    ).doesNotThrowAnyException();
  }
}
