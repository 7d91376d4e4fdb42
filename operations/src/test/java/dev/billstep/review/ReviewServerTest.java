package dev.billstep.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.http.Token;
import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import dev.langchain4j.data.message.Content;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is let in. What is shown is tested in a browser. */
class ReviewServerTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Nothing behind it: who is not let in does not get that far. */
  private static final DeployedStack STACK = (DeployedStack) Proxy.newProxyInstance(
    DeployedStack.class.getClassLoader(),
    new Class<?>[] { DeployedStack.class },
    (proxy, method, arguments) ->
      new SupabaseClient(URI.create("http://127.0.0.1:9"), () -> "key", SupabaseLimits.DEFAULT)
  );

  @Test
  void whereOthersReachItATokenIsAskedFor() throws Exception {
    try (
      var server = ReviewServer.start(
        STACK,
        new InetSocketAddress(0),
        Token.generate(),
        Optional.empty(),
        Optional.empty()
      )
    ) {
      var withToken = server.uris().getFirst();
      assertThat(server.uris())
        .as("this machine first, then as others reach it")
        .allSatisfy(uri -> assertThat(uri.getQuery()).isEqualTo(withToken.getQuery()))
        .first()
        .satisfies(uri -> assertThat(uri.getHost()).isEqualTo("127.0.0.1"));
      assertThat(withToken.getQuery()).matches("token=[0-9a-f]{48}");
      var page = withToken.resolve("/");
      assertThat(get(page).statusCode()).isEqualTo(401);
      assertThat(get(page.resolve("/api/list")).statusCode()).isEqualTo(401);
      assertThat(get(page.resolve("/?token=" + "0".repeat(48))).statusCode()).isEqualTo(401);

      var opened = get(withToken);
      assertThat(opened.statusCode()).isEqualTo(303);
      var cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      assertThat(opened.headers().firstValue("Location")).hasValue("/");
      assertThat(get(page, "Cookie", cookie.split(";", -1)[0]).body()).contains("Upload bills");
      var token = withToken.getQuery().substring("token=".length());
      assertThat(get(page, "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onThisMachineItAnswersToThisMachinesNameAlone() throws Exception {
    try (
      var server = ReviewServer.start(
        STACK,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Token.generate(),
        Optional.empty(),
        Optional.empty()
      )
    ) {
      assertThat(server.uris().getFirst().getQuery()).isNull();
      assertThat(get(server.uris().getFirst()).statusCode()).isEqualTo(200);
      assertThat(statusFor("evil.example", server.uris().getFirst())).contains(" 403 ");
      assertThat(statusFor("localhost", server.uris().getFirst())).contains(" 200 ");
    }
  }

  @Test
  void theBrowserIsToldToLoadNothingFromElsewhere() throws Exception {
    try (
      var server = ReviewServer.start(
        STACK,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Token.generate(),
        Optional.empty(),
        Optional.empty()
      )
    ) {
      assertThat(get(server.uris().getFirst()).headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    }
  }

  private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** The client of the JDK does not let a request say another host than it goes to. */
  private static String statusFor(String host, URI uri) throws IOException {
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      var request = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElseThrow();
    }
  }
}
