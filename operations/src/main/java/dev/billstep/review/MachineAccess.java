package dev.billstep.review;

import com.sun.net.httpserver.Headers;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.Token;
import dev.billstep.people.AuditLog;
import dev.billstep.people.Deed;
import dev.billstep.people.People;
import dev.billstep.people.SessionToken;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may use the review page of one machine. Where there are users: those who have signed in, each as far as their
 * role goes. Where there are none, on loopback: whoever is at this machine, but no page of another site
 * that their browser has open. Elsewhere: whoever has the token.
 */
final class MachineAccess implements ReviewAccess {

  static final String PARAMETER = "token";

  private static final String COOKIE = "billstep_review";
  private static final String SESSION = "billstep_session";

  private final Optional<Token> token;
  private final Optional<People> people;

  private MachineAccess(Optional<Token> token, Optional<People> people) {
    this.token = token;
    this.people = people;
  }

  /**
   * For an address: with a token, unless it can't be reached from other machines.
   *
   * @param people who may sign in; nobody where the stack keeps nothing
   */
  static MachineAccess at(InetAddress address, Token token, Optional<People> people) {
    return new MachineAccess(
      address.isLoopbackAddress() ? Optional.empty() : Optional.of(token),
      people
    );
  }

  @Override
  public Visitor visitor(Headers request) {
    if (people.filter(People::mustSignIn).isEmpty()) {
      return new Visitor.Anyone();
    }
    var session = ReviewAccess.cookie(request, SESSION).map(SessionToken::new);
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

  @Override
  public void check(ReviewRequest request, Right right) throws ReviewRefused {
    var headers = request.headers();
    switch (request.visitor()) {
      case Visitor.Anyone() -> checkHowItWasReached(headers);
      case Visitor.Stranger(), Visitor.ByToken(_, _) -> {
        if (right != Right.ANYBODY) {
          throw new ReviewRefused(401, "Sign in first.");
        }
      }
      case Visitor.SignedIn(var user, var _) -> {
        if (!right.isOf(user.role())) {
          note(request, Deed.NOT_ALLOWED);
          throw new ReviewRefused(
            403,
            "That is for operators, and %s is a reviewer. Ask an operator to do it.".formatted(
              user.name()
            )
          );
        }
      }
    }
    if (isOfAnotherOrigin(request)) {
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
  private static boolean isOfAnotherOrigin(ReviewRequest request) {
    var headers = request.headers();
    return (
      LocalRequests.isOfAnotherOrigin(headers) &&
      (request.visitor() instanceof Visitor.Anyone || !isByTls(headers))
    );
  }

  /** Whether the browser has its page of this server by TLS: it says so itself. */
  private static boolean isByTls(Headers headers) {
    var own = "https://" + headers.getFirst("Host");
    return headers.getOrDefault("Origin", List.of()).equals(List.of(own));
  }

  @Override
  public void note(ReviewRequest request, Deed deed) {
    request
      .visitor()
      .name()
      .ifPresent(user ->
        audit().ifPresent(log ->
          log.note(user, deed, request.method() + " " + request.path(), request.address())
        )
      );
  }

  /** What is to be kept is said when somebody signs in, and not again. */
  @Override
  public ReviewResponse settle(ReviewRequest request, ReviewResponse answer) {
    return answer;
  }

  private Optional<AuditLog> audit() {
    return people.map(People::audit);
  }

  private boolean carriesToken(Headers headers) {
    return Token.givenBy(headers)
      .or(() -> ReviewAccess.cookie(headers, COOKIE))
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

  /** What a browser keeps of who has signed in, as long as it is open, and sends by TLS alone if it came so. */
  static String cookie(ReviewRequest request, SessionToken session) {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/%s".formatted(
      SESSION,
      session.value(),
      isByTls(request.headers()) ? "; Secure" : ""
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
}
