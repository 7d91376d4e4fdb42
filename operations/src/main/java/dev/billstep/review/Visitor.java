package dev.billstep.review;

import dev.billstep.people.SessionToken;
import dev.billstep.people.User;
import dev.billstep.supabase.UserSession;
import java.util.Optional;

/** Who asks. */
sealed interface Visitor {
  /** As long as there are no users: whoever is at this machine, or has the token. */
  record Anyone() implements Visitor {}

  /** Has yet to sign in. */
  record Stranger() implements Visitor {}

  /**
   * A user.
   *
   * @param session that their browser has shown; empty of a program of theirs
   */
  record SignedIn(User user, Optional<SessionToken> session) implements Visitor {}

  /**
   * A user of Supabase Auth.
   *
   * @param renewed what their browser is to show from now on, where that has changed
   */
  record ByToken(UserToken token, Optional<UserSession> renewed) implements Visitor {}

  /** What is kept with what they do; empty where nobody has signed in. */
  default Optional<String> name() {
    return switch (this) {
      case Anyone(), Stranger() -> Optional.empty();
      case SignedIn(var user, var _) -> Optional.of(user.name().value());
      case ByToken(var token, var _) -> Optional.of(token.email());
    };
  }
}
