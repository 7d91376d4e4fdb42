package dev.billstep.review;

import dev.billstep.people.Password;
import dev.billstep.people.People;
import dev.billstep.people.SignIn;
import dev.billstep.people.User;
import dev.billstep.people.UserRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Signing in and out, and changing one's own password. */
final class AccountRequests {

  static final String SESSION = "/api/session";

  /** What stands in sign-in.html for what differs. */
  static final String WHO = "@WHO@";

  static final String HINT = "@HINT@";

  private final Optional<People> people;

  /** Where there are no people, nobody can sign in, and nobody has to. */
  AccountRequests(Optional<People> people) {
    this.people = people;
  }

  List<Route> routes() {
    return Stream.concat(
      files(
        Map.of(
          WHO,
          "Name",
          HINT,
          "Whoever runs Billstep here adds users and sets new passwords: <code>billstep users</code>"
        )
      ),
      Stream.of(
        Route.file("/account", "account.html", "text/html"),
        Route.file("/account.js", "account.js", "text/javascript"),
        Route.of("POST", SESSION, (match, request) -> signIn(request)).forAnybody(),
        Route.of("DELETE", SESSION, (match, request) -> signOut(request)).forAnybody(),
        Route.of("GET", "/api/me", (match, request) -> json(me(request))).forReviewers(),
        Route.of("POST", "/api/password", (match, request) ->
          changePassword(request)
        ).forReviewers()
      )
    ).toList();
  }

  /**
   * What everybody may see, and the page to sign in.
   *
   * @param words what stands on it of who signs in
   */
  static Stream<Route> files(Map<String, String> words) {
    return Stream.of(
      Route.file("/icon.svg", "icon.svg", "image/svg+xml").forAnybody(),
      Route.file("/review.css", "review.css", "text/css").forAnybody(),
      Route.file("/ask.js", "ask.js", "text/javascript").forAnybody(),
      Route.page("/sign-in", "sign-in.html", words).forAnybody(),
      Route.file("/sign-in.js", "sign-in.js", "text/javascript").forAnybody(),
      Route.file("/signed-in.js", "signed-in.js", "text/javascript")
    );
  }

  /** Who has signed in, where anybody has to, and what they may do. */
  private static Map<String, Object> me(ReviewRequest request) {
    var me = new HashMap<String, Object>();
    user(request).map(AccountRequests::shown).ifPresent(me::putAll);
    me.put("may", may(request.visitor()));
    return me;
  }

  private static Set<May> may(Visitor visitor) {
    return switch (visitor) {
      case Visitor.Anyone() -> EnumSet.of(May.DECIDE, May.REREAD, May.RUN);
      case Visitor.SignedIn(var user, var _) -> Right.OPERATOR.isOf(user.role())
        ? EnumSet.allOf(May.class)
        : EnumSet.of(May.DECIDE, May.REREAD, May.PASSWORD);
      case Visitor.Stranger(), Visitor.ByToken(_, _) -> Set.of();
    };
  }

  private static Optional<User> user(ReviewRequest request) {
    return request.visitor() instanceof Visitor.SignedIn(var user, var _)
      ? Optional.of(user)
      : Optional.empty();
  }

  private static Map<String, Object> shown(User user) {
    return Map.of("name", user.name(), "role", user.role());
  }

  private ReviewResponse signIn(ReviewRequest request) throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, Credentials.class);
    var known = people.orElseThrow(AccountRequests::nobody);
    var welcome = welcome(
      known.signIn(asked.name(), new Password(asked.password()), request.address()),
      "That name and password don't go together."
    );
    return json(shown(welcome.user())).withCookie(MachineAccess.cookie(request, welcome.token()));
  }

  private static ReviewRefused nobody() {
    return new ReviewRefused(409, "There are no users here. Add one with: billstep users add");
  }

  private static SignIn.Welcome welcome(SignIn outcome, String ifWrong) throws ReviewRefused {
    return switch (outcome) {
      case SignIn.Welcome welcome -> welcome;
      case SignIn.Wrong() -> throw new ReviewRefused(403, ifWrong);
      case SignIn.Later(var pause) -> throw later(
        pause,
        "Ask whoever runs Billstep for a new one (billstep users password)."
      );
    };
  }

  /**
   * No password is looked at for a time.
   *
   * @param ifForGood what to do where that is no use to wait for
   */
  static ReviewRefused later(Duration pause, String ifForGood) {
    return new ReviewRefused(
      429,
      pause.toDays() > 0
        ? "There were too many wrong passwords. " + ifForGood
        : "There were too many wrong passwords. Try again in %s.".formatted(
            pause.toMinutes() > 0
              ? counted(pause.plusSeconds(59).toMinutes(), "minute")
              : counted(pause.plusMillis(999).toSeconds(), "second")
          )
    );
  }

  private static String counted(long number, String one) {
    return number == 1 ? "1 " + one : number + " " + one + "s";
  }

  private ReviewResponse signOut(ReviewRequest request) {
    if (request.visitor() instanceof Visitor.SignedIn(var user, var session)) {
      session.ifPresent(shown ->
        people.ifPresent(known -> known.signOut(user, shown, request.address()))
      );
    }
    return json(Map.of()).withCookie(MachineAccess.noCookie());
  }

  private ReviewResponse changePassword(ReviewRequest request) throws IOException, ReviewRefused {
    var asked = RequestBody.json(request, OtherPassword.class);
    var known = people.orElseThrow(AccountRequests::nobody);
    var user = user(request).orElseThrow(AccountRequests::nobody);
    try {
      var welcome = welcome(
        known.changePassword(
          user,
          new Password(asked.before()),
          new Password(asked.password()),
          request.address()
        ),
        "That is not the password that you have now."
      );
      return json(shown(user)).withCookie(MachineAccess.cookie(request, welcome.token()));
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
