package dev.billstep.review;

import com.sun.net.httpserver.Headers;
import dev.billstep.http.LocalRequests;
import dev.billstep.http.Token;
import dev.billstep.people.Deed;
import dev.billstep.supabase.SupabaseAuth;
import dev.billstep.supabase.UserSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Who may use the review page of a Supabase project's users: whoever has signed in to Supabase Auth, by the
 * token that they have of it. What they may see and do the database says, which is asked with that token.
 *
 * <p>A browser keeps the tokens in cookies that no script reads, that no other site's page has it send, and
 * that no other server of the domain can set ({@code __Host-}: RFC 6265bis, section 4.1.3.2).
 */
final class ProjectAccess implements ReviewAccess {

  private static final Logger LOG = LogManager.getLogger(ProjectAccess.class);
  private static final String ACCESS = "__Host-billstep_access";
  private static final String REFRESH = "__Host-billstep_refresh";
  private static final String COOKIE = "%s=%s; HttpOnly; Secure; SameSite=Strict; Path=/";

  /** A token that is over so soon is not begun with. */
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final int UNAUTHORISED = 401;
  private static final int ELSEWHERE = 303;

  private final SupabaseAuth auth;
  private final InstantSource clock;

  ProjectAccess(SupabaseAuth auth, InstantSource clock) {
    this.auth = auth;
    this.clock = clock;
  }

  /**
   * Who asks: by the token of a program, or by those that a browser has kept.
   *
   * @throws dev.billstep.supabase.SupabaseUnavailable where a session can't be had to go on
   */
  @Override
  public Visitor visitor(Headers headers) {
    if (isOfElsewhere(headers)) {
      return new Visitor.Stranger();
    }
    return Token.givenBy(headers)
      .or(() -> ReviewAccess.cookie(headers, ACCESS))
      .flatMap(UserToken::of)
      .filter(this::isGood)
      .<Visitor>map(token -> new Visitor.ByToken(token, Optional.empty()))
      .or(() -> ReviewAccess.cookie(headers, REFRESH).flatMap(this::goneOn))
      .orElseGet(Visitor.Stranger::new);
  }

  private boolean isGood(UserToken token) {
    return token.expires().isAfter(clock.instant().plus(SOON));
  }

  private Optional<Visitor> goneOn(String refreshToken) {
    return auth
      .goOn(refreshToken)
      .flatMap(session ->
        UserToken.of(session.accessToken()).map(token ->
          new Visitor.ByToken(token, Optional.of(session))
        )
      );
  }

  @Override
  public void check(ReviewRequest request, Right right) throws ReviewRefused {
    if (right != Right.ANYBODY && !(request.visitor() instanceof Visitor.ByToken)) {
      throw new ReviewRefused(UNAUTHORISED, "Sign in first.");
    }
    if (!request.method().equals("GET") && isOfElsewhere(request.headers())) {
      throw new ReviewRefused(403, "A page of another site can't do that.");
    }
  }

  /** Whether a browser asks for another site's page, or has come from one. */
  private static boolean isOfElsewhere(Headers headers) {
    var own = "https://" + headers.getFirst("Host");
    return (
      headers
        .getOrDefault("Origin", List.of())
        .stream()
        .anyMatch(origin -> !origin.equals(own)) || LocalRequests.isOfAnotherSite(headers)
    );
  }

  /** What is corrected and decided is in the database, with who has done it. */
  @Override
  public void note(ReviewRequest request, Deed deed) {
    if (request.visitor() instanceof Visitor.ByToken(var token, var _)) {
      LOG.info("{} by {}: {} {}", deed, token.user(), request.method(), request.path());
    }
  }

  @Override
  public ReviewResponse settle(ReviewRequest request, ReviewResponse answer) {
    if (
      (answer.status() == UNAUTHORISED || answer.status() == ELSEWHERE) &&
      hasKept(request.headers()) &&
      !isOfElsewhere(request.headers())
    ) {
      return forgotten(answer);
    }
    return request.visitor() instanceof Visitor.ByToken(var _, var renewed) &&
      answer.cookies().isEmpty()
      ? renewed.map(session -> kept(session, answer)).orElse(answer)
      : answer;
  }

  private static boolean hasKept(Headers headers) {
    return (
      ReviewAccess.cookie(headers, ACCESS).isPresent() ||
      ReviewAccess.cookie(headers, REFRESH).isPresent()
    );
  }

  /** Has a browser keep a session, as long as it is open. */
  static ReviewResponse kept(UserSession session, ReviewResponse answer) {
    return answer
      .withCookie(COOKIE.formatted(ACCESS, session.accessToken()))
      .withCookie(COOKIE.formatted(REFRESH, session.refreshToken()));
  }

  /** Has it forget the one that it has. */
  static ReviewResponse forgotten(ReviewResponse answer) {
    return answer
      .withCookie(COOKIE.formatted(ACCESS, "") + "; Max-Age=0")
      .withCookie(COOKIE.formatted(REFRESH, "") + "; Max-Age=0");
  }
}
