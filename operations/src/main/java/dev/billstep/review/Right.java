package dev.billstep.review;

import dev.billstep.people.Role;
import java.util.Optional;

/** Who may ask for something. */
enum Right {
  /** Also who has yet to sign in. */
  ANYBODY(Optional.empty()),
  REVIEWER(Optional.of(Role.REVIEWER)),
  OPERATOR(Optional.of(Role.OPERATOR));

  private final Optional<Role> needed;

  Right(Optional<Role> needed) {
    this.needed = needed;
  }

  boolean isOf(Role role) {
    return needed.map(role::covers).orElse(true);
  }
}
