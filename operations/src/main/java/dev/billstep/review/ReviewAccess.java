package dev.billstep.review;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.Token;
import dev.billstep.people.AuditLog;
import dev.billstep.people.Deed;
import dev.billstep.people.People;
import dev.billstep.people.SessionToken;
import dev.billstep.people.User;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Who may use the review page. Where there are users: those who have signed in, each as far as their
 * role goes. Where there are none, on loopback: whoever is at this machine, but no page of another site
 * that their browser has open. Elsewhere: whoever has the token.
 */
final class ReviewAccess {

  static final String PARAMETER = "token";

  private static final Logger LOG = LogManager.getLogger(ReviewAccess.class);
  private static final String COOKIE = "billstep_review";
  private static final String SESSION = "billstep_session";
  private static final int UNAVAILABLE = 503;

  private final Optional<Token> token;
  private final Optional<People> people;

  private ReviewAccess(Optional<Token> token, Optional<People> people) {
    this.token = token;
    this.people = people;
  }

  /**
   * For an address: with a token, unless it can't be reached from other machines.
   *
   * @param people who may sign in; nobody where the stack keeps nothing
   */
  static ReviewAccess at(InetAddress address, Token token, Optional<People> people) {
    return new ReviewAccess(
      address.isLoopbackAddress() ? Optional.empty() : Optional.of(token),
      people
    );
  }

  /** Says of each request who asks. Whether they may is another question. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      public Result authenticate(HttpExchange exchange) {
        try {
          return new Success(new Principal(visitor(exchange.getRequestHeaders())));
        } catch (UncheckedIOException e) {
          LOG.error("the users can't be read: nobody is let in", e);
          return new Failure(UNAVAILABLE);
        }
      }
    };
  }

  private Visitor visitor(Headers request) {
    if (people.filter(People::mustSignIn).isEmpty()) {
      return new Visitor.Anyone();
    }
    var session = cookie(request, SESSION).map(SessionToken::new);
    var inBrowser = session
      .flatMap(shown -> people.flatMap(known -> known.signedIn(shown)))
      .map(user -> new Visitor.SignedIn(user, session));
    var byProgram = Token.givenBy(request)
      .map(SessionToken::new)
      .flatMap(shown -> people.flatMap(known -> known.users().by(shown)))
      .map(user -> new Visitor.SignedIn(user, Optional.empty()));
    return inBrowser
      .or(() -> byProgram)
      .<Visitor>map(signedIn -> signedIn)
      .orElseGet(Visitor.Stranger::new);
  }

  static Visitor visitor(HttpExchange exchange) {
    return exchange.getPrincipal() instanceof Principal principal
      ? principal.visitor
      : new Visitor.Stranger();
  }

  /** The user who asks, where one has signed in. */
  static Optional<User> user(HttpExchange exchange) {
    return visitor(exchange) instanceof Visitor.SignedIn signedIn
      ? Optional.of(signedIn.user())
      : Optional.empty();
  }

  /**
   * Lets a request pass.
   *
   * @throws ReviewRefused where it may not
   */
  void check(HttpExchange exchange, Right right) throws ReviewRefused {
    var headers = exchange.getRequestHeaders();
    switch (visitor(exchange)) {
      case Visitor.Anyone() -> checkHowItWasReached(headers);
      case Visitor.Stranger() -> {
        if (right != Right.ANYBODY) {
          throw new ReviewRefused(401, "Sign in first.");
        }
      }
      case Visitor.SignedIn(var user, var _) -> {
        if (!right.isOf(user.role())) {
          note(exchange, Deed.NOT_ALLOWED);
          throw new ReviewRefused(
            403,
            "That is for operators, and %s is a reviewer. Ask an operator to do it.".formatted(
              user.name()
            )
          );
        }
      }
    }
    if (isOfAnotherOrigin(exchange)) {
      throw new ReviewRefused(403, "A page of another site can't do that.");
    }
  }

  private void checkHowItWasReached(Headers headers) throws ReviewRefused {
    if (token.isPresent() && !carriesToken(headers)) {
      throw new ReviewRefused(
        401,
        "Open the address with its token, which billstep status shows on the stack's machine."
      );
    }
    var host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    if (token.isEmpty() && !LocalRequests.isLoopback(host)) {
      throw new ReviewRefused(403, "Open the page as http://127.0.0.1 instead.");
    }
  }

  /** What users ask may come by way of a server that speaks TLS for this one. */
  private static boolean isOfAnotherOrigin(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    return (
      LocalRequests.isOfAnotherOrigin(headers) &&
      (visitor(exchange) instanceof Visitor.Anyone || !isByTls(headers))
    );
  }

  /** Whether the browser has its page of this server by TLS: it says so itself. */
  private static boolean isByTls(Headers headers) {
    var own = "https://" + headers.getFirst("Host");
    return headers.getOrDefault("Origin", List.of()).equals(List.of(own));
  }

  /** Keeps, of a user, what they have asked for. */
  void note(HttpExchange exchange, Deed deed) {
    user(exchange).ifPresent(user ->
      audit().ifPresent(log ->
        log.note(
          user.name().value(),
          deed,
          "%s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI().getPath()),
          address(exchange)
        )
      )
    );
  }

  private Optional<AuditLog> audit() {
    return people.map(People::audit);
  }

  static String address(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  private boolean carriesToken(Headers headers) {
    return Token.givenBy(headers)
      .or(() -> cookie(headers, COOKIE))
      .filter(this::isToken)
      .isPresent();
  }

  private static Optional<String> cookie(Headers headers, String name) {
    var cookies = Optional.ofNullable(headers.getFirst("Cookie")).orElse("").split("; *", -1);
    return Arrays.stream(cookies)
      .filter(each -> each.startsWith(name + "="))
      .map(each -> each.substring(name.length() + 1))
      .findFirst();
  }

  boolean isToken(String given) {
    return token.map(wanted -> wanted.is(given)).orElse(false);
  }

  /** What a browser keeps that has shown the token once. */
  static String cookie(String token) {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(COOKIE, token);
  }

  /** What a browser keeps of who has signed in, as long as it is open, and sends by TLS alone if it came so. */
  static String cookie(HttpExchange exchange, SessionToken session) {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/%s".formatted(
      SESSION,
      session.value(),
      isByTls(exchange.getRequestHeaders()) ? "; Secure" : ""
    );
  }

  /** Has a browser forget who has signed in. */
  static String noCookie() {
    return SESSION + "=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0";
  }

  /** What is behind a page's address to open it. */
  String query() {
    return token.map(secret -> "?%s=%s".formatted(PARAMETER, secret.value())).orElse("");
  }

  /** A visitor, as the server carries them with their request. */
  private static final class Principal extends HttpPrincipal {

    private final Visitor visitor;

    Principal(Visitor visitor) {
      super(visitor instanceof Visitor.SignedIn in ? in.user().name().value() : "", "billstep");
      this.visitor = visitor;
    }
  }
}
