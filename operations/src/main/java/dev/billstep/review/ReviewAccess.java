package dev.billstep.review;

import com.sun.net.httpserver.HttpExchange;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.Token;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who may use the review page. On loopback: whoever is at this machine, but no page of another site
 * that their browser has open. Elsewhere: whoever has the token.
 *
 * @param token that is asked for; none on loopback
 */
record ReviewAccess(Optional<Token> token) {
  static final String PARAMETER = "token";

  private static final String COOKIE = "billstep_review";

  /** For an address: with a token, unless it can't be reached from other machines. */
  static ReviewAccess at(InetAddress address, Token token) {
    return new ReviewAccess(address.isLoopbackAddress() ? Optional.empty() : Optional.of(token));
  }

  /**
   * Lets a request pass.
   *
   * @throws ReviewRefused where it may not
   */
  void check(HttpExchange exchange) throws ReviewRefused {
    var headers = exchange.getRequestHeaders();
    var host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    if (token.isPresent() && !carriesToken(exchange)) {
      throw new ReviewRefused(
        401,
        "Open the address with its token, which billstep status shows on the stack's machine."
      );
    }
    if (token.isEmpty() && !LocalRequests.isLoopback(host)) {
      throw new ReviewRefused(403, "Open the page as http://127.0.0.1 instead.");
    }
    if (LocalRequests.isOfAnotherOrigin(headers)) {
      throw new ReviewRefused(403, "A page of another site can't do that.");
    }
  }

  private boolean carriesToken(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    var cookies = Optional.ofNullable(headers.getFirst("Cookie")).orElse("").split("; *", -1);
    var cookie = Arrays.stream(cookies)
      .filter(each -> each.startsWith(COOKIE + "="))
      .map(each -> each.substring(COOKIE.length() + 1))
      .findFirst();
    return Token.givenBy(headers)
      .or(() -> cookie)
      .filter(this::isToken)
      .isPresent();
  }

  boolean isToken(String given) {
    return token.map(wanted -> wanted.is(given)).orElse(false);
  }

  /** What a browser keeps that has shown the token once. */
  static String cookie(String token) {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(COOKIE, token);
  }

  /** What is behind a page's address to open it. */
  String query() {
    return token.map(secret -> "?%s=%s".formatted(PARAMETER, secret.value())).orElse("");
  }
}
