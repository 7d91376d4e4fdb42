package dev.billstep.people;

import java.time.Duration;

/** What has become of signing in. */
public sealed interface SignIn {
  /** It is them. */
  record Welcome(User user, SessionToken token) implements SignIn {}

  /** There is nobody of that name, or they have another password: nobody is told which. */
  record Wrong() implements SignIn {}

  /** After too many wrong passwords: none is looked at for a time. */
  record Later(Duration pause) implements SignIn {}
}
