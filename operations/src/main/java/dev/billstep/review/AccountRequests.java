package dev.billstep.review;

import com.sun.net.httpserver.HttpExchange;
import dev.billstep.people.Password;
import dev.billstep.people.People;
import dev.billstep.people.SignIn;
import dev.billstep.people.User;
import dev.billstep.people.UserRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in and out, and changing one's own password. */
final class AccountRequests {

  private static final String SESSION = "/api/session";

  private final Optional<People> people;

  /** Where there are no people, nobody can sign in, and nobody has to. */
  AccountRequests(Optional<People> people) {
    this.people = people;
  }

  List<Route> routes() {
    return List.of(
      Route.file("/sign-in", "sign-in.html", "text/html").forAnybody(),
      Route.file("/sign-in.js", "sign-in.js", "text/javascript").forAnybody(),
      Route.file("/account", "account.html", "text/html"),
      Route.file("/account.js", "account.js", "text/javascript"),
      Route.file("/signed-in.js", "signed-in.js", "text/javascript"),
      Route.of("POST", SESSION, (match, exchange) -> signIn(exchange)).forAnybody(),
      Route.of("DELETE", SESSION, (match, exchange) -> signOut(exchange)).forAnybody(),
      Route.of("GET", "/api/me", (match, exchange) -> json(me(exchange))).forReviewers(),
      Route.of("POST", "/api/password", (match, exchange) ->
        changePassword(exchange)
      ).forReviewers()
    );
  }

  private static Map<String, Object> me(HttpExchange exchange) {
    return ReviewAccess.user(exchange).map(AccountRequests::shown).orElseGet(Map::of);
  }

  private static Map<String, Object> shown(User user) {
    return Map.of("name", user.name(), "role", user.role());
  }

  private ReviewResponse signIn(HttpExchange exchange) throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, Credentials.class);
    var known = people.orElseThrow(AccountRequests::nobody);
    var welcome = welcome(
      known.signIn(asked.name(), new Password(asked.password()), ReviewAccess.address(exchange)),
      "That name and password don't go together."
    );
    return json(shown(welcome.user())).withCookie(ReviewAccess.cookie(exchange, welcome.token()));
  }

  private static ReviewRefused nobody() {
    return new ReviewRefused(409, "There are no users here. Add one with: billstep users add");
  }

  private static SignIn.Welcome welcome(SignIn outcome, String ifWrong) throws ReviewRefused {
    return switch (outcome) {
      case SignIn.Welcome welcome -> welcome;
      case SignIn.Wrong() -> throw new ReviewRefused(403, ifWrong);
      case SignIn.Later(var pause) -> throw new ReviewRefused(
        429,
        pause.toDays() > 0
          ? "There were too many wrong passwords. Ask whoever runs Billstep for a new one (billstep users password)."
          : "There were too many wrong passwords. Try again in %s.".formatted(
              pause.toMinutes() > 0
                ? counted(pause.plusSeconds(59).toMinutes(), "minute")
                : counted(pause.plusMillis(999).toSeconds(), "second")
            )
      );
    };
  }

  private static String counted(long number, String one) {
    return number == 1 ? "1 " + one : number + " " + one + "s";
  }

  private ReviewResponse signOut(HttpExchange exchange) {
    if (ReviewAccess.visitor(exchange) instanceof Visitor.SignedIn(var user, var session)) {
      var address = ReviewAccess.address(exchange);
      session.ifPresent(shown -> people.ifPresent(known -> known.signOut(user, shown, address)));
    }
    return json(Map.of()).withCookie(ReviewAccess.noCookie());
  }

  private ReviewResponse changePassword(HttpExchange exchange) throws IOException, ReviewRefused {
    var asked = RequestBody.json(exchange, OtherPassword.class);
    var known = people.orElseThrow(AccountRequests::nobody);
    var user = ReviewAccess.user(exchange).orElseThrow(AccountRequests::nobody);
    try {
      var welcome = welcome(
        known.changePassword(
          user,
          new Password(asked.before()),
          new Password(asked.password()),
          ReviewAccess.address(exchange)
        ),
        "That is not the password that you have now."
      );
      return json(shown(user)).withCookie(ReviewAccess.cookie(exchange, welcome.token()));
    } catch (UserRefused refused) {
      throw new ReviewRefused(400, String.valueOf(refused.getMessage()));
    }
  }

  private static ReviewResponse json(Object value) {
    return ReviewResponse.json(200, value);
  }

  /** Who somebody says they are. */
  record Credentials(String name, String password) {
    @Override
    public String toString() {
      return "credentials";
    }
  }

  /**
   * What a user wants to sign in with.
   *
   * @param before what they have until now
   */
  record OtherPassword(String before, String password) {
    @Override
    public String toString() {
      return "passwords";
    }
  }
}
