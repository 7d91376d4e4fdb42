package dev.billstep.review;

import dev.billstep.people.SessionToken;
import dev.billstep.people.User;

/** Who asks. */
sealed interface Visitor {
  /** As long as there are no users: whoever is at this machine, or has the token. */
  record Anyone() implements Visitor {}

  /** Has yet to sign in. */
  record Stranger() implements Visitor {}

  /** A user, by the token that their browser has shown. */
  record SignedIn(User user, SessionToken token) implements Visitor {}
}
