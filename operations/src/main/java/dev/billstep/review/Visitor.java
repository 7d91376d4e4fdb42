package dev.billstep.review;

import dev.billstep.people.SessionToken;
import dev.billstep.people.User;
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
}
