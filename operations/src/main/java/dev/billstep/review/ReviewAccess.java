package dev.billstep.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the review page. On loopback: whoever is at this machine, but no page of another site
 * that their browser has open. Elsewhere: whoever has the token.
 *
 * @param token that is asked for; none on loopback
 */
record ReviewAccess(Optional<String> token) {
  static final String PARAMETER = "token";

  private static final int TOKEN_BYTES = 24;
  private static final String COOKIE = "billstep_review";
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** For an address: with a new token, unless it can't be reached from other machines. */
  static ReviewAccess at(InetAddress address) {
    return new ReviewAccess(
      address.isLoopbackAddress() ? Optional.empty() : Optional.of(newToken())
    );
  }

  private static String newToken() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Lets a request pass.
   *
   * @throws ReviewRefused where it may not
   */
  void check(HttpExchange exchange) throws ReviewRefused {
    var host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    if (token.isPresent() && !carriesToken(exchange)) {
      throw new ReviewRefused(
        401,
        "Open the address with its token: billstep status shows it on the machine of the stack."
      );
    }
    // A name that leads here, of another site's choice, would make its pages ours (DNS rebinding).
    if (token.isEmpty() && !LOOPBACK.contains(withoutPort(host))) {
      throw new ReviewRefused(403, "On this machine it is http://127.0.0.1 that is asked.");
    }
    // Browsers say on whose behalf they change something (Fetch standard, "Origin header").
    var origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      throw new ReviewRefused(403, "Another site's page can't do that.");
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "");
  }

  private boolean carriesToken(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    var bearer = Optional.ofNullable(headers.getFirst("Authorization"))
      .filter(value -> value.startsWith(BEARER))
      .map(value -> value.substring(BEARER.length()));
    var cookies = Optional.ofNullable(headers.getFirst("Cookie")).orElse("").split("; *", -1);
    var cookie = Arrays.stream(cookies)
      .filter(each -> each.startsWith(COOKIE + "="))
      .map(each -> each.substring(COOKIE.length() + 1))
      .findFirst();
    return bearer
      .or(() -> cookie)
      .filter(this::isToken)
      .isPresent();
  }

  /** In the same time, however much of it is right. */
  boolean isToken(String given) {
    return token
      .map(wanted -> MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8)))
      .orElse(false);
  }

  /** What a browser keeps that has shown the token once. */
  static String cookie(String token) {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(COOKIE, token);
  }

  /** What is behind a page's address to open it. */
  String query() {
    return token.map(secret -> "?%s=%s".formatted(PARAMETER, secret)).orElse("");
  }
}
