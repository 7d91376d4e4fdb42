package dev.billstep.people;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may use the review page.
 *
 * @param password what is kept of it
 * @param passwordSince when it was set: sessions that are older have ended
 * @param token hash of what their programs show instead, where they have any
 */
public record User(
  UserName name,
  Role role,
  PasswordHash password,
  Instant since,
  Instant passwordSince,
  Optional<String> token
) {
  User as(Role other) {
    return new User(name, other, password, since, passwordSince, token);
  }

  User with(PasswordHash other, Instant now) {
    return new User(name, role, other, since, now, token);
  }

  User with(Optional<SessionToken> other) {
    return new User(name, role, password, since, passwordSince, other.map(SessionToken::hash));
  }
}
