package dev.billstep.review;

import dev.billstep.people.Role;
import dev.billstep.people.WrongPasswords;
import dev.billstep.review.AccountRequests.Credentials;
import dev.billstep.supabase.SupabaseAuth;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Signing in and out of Supabase Auth, by e-mail address and password. */
final class ProjectAccount {

  /** Of whom the project knows no role: they look at what is theirs. */
  private static final String READER = "reader";

  private final SupabaseAuth auth;
  private final WrongPasswords wrong;

  ProjectAccount(SupabaseAuth auth, InstantSource clock) {
    this.auth = auth;
    this.wrong = new WrongPasswords(clock);
  }

  List<Route> routes() {
    return Stream.concat(
      AccountRequests.files(
        Map.of(
          AccountRequests.WHO,
          "E-mail address",
          AccountRequests.HINT,
          "Whoever runs Billstep invites you and lets you review."
        )
      ),
      Stream.of(
        Route.of("POST", AccountRequests.SESSION, (match, request) -> signIn(request)).forAnybody(),
        Route.of("DELETE", AccountRequests.SESSION, (match, request) ->
          signOut(request)
        ).forAnybody(),
        Route.of("GET", "/api/me", (match, request) -> json(me(request))).forReviewers()
      )
    ).toList();
  }

  private ReviewResponse signIn(ReviewRequest request) throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Credentials.class);
    var email = asked.name().strip();
    // Supabase counts by the address that it is asked from, which is this function's.
    var counted = "%s from %s".formatted(email.toLowerCase(Locale.ROOT), request.address());
    var pause = wrong.count(counted, request.address());
    if (pause.isPresent()) {
      throw AccountRequests.later(pause.get(), "Try again tomorrow.");
    }
    var session = auth
      .signIn(email, asked.password())
      .orElseThrow(() ->
        new ReviewRefused(403, "That e-mail address and password don't go together.")
      );
    wrong.forget(counted, request.address());
    var token = UserToken.of(session.accessToken()).orElseThrow(() ->
      new ReviewRefused(502, "Supabase Auth has answered with a token that is none.")
    );
    return ProjectAccess.kept(session, json(shown(token)));
  }

  private ReviewResponse signOut(ReviewRequest request) {
    if (request.visitor() instanceof Visitor.ByToken(var token, var _)) {
      auth.signOut(token.value());
    }
    return ProjectAccess.forgotten(json(Map.of()));
  }

  private static Map<String, Object> me(ReviewRequest request) throws ReviewRefused {
    if (!(request.visitor() instanceof Visitor.ByToken(var token, var _))) {
      throw new ReviewRefused(401, "Sign in first.");
    }
    return Map.of(
      "name",
      token.email(),
      "role",
      role(token),
      "may",
      token.role().isPresent() ? Set.of(May.DECIDE) : Set.of()
    );
  }

  private static Map<String, Object> shown(UserToken token) {
    return Map.of("name", token.email(), "role", role(token));
  }

  private static String role(UserToken token) {
    return token.role().map(Role::toString).orElse(READER);
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }
}
