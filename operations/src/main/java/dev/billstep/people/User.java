package dev.billstep.people;

import java.time.Instant;

/**
 * Somebody who may use the review page.
 *
 * @param password what is kept of it
 * @param passwordSince when it was set: sessions that are older have ended
 */
public record User(
  UserName name,
  Role role,
  PasswordHash password,
  Instant since,
  Instant passwordSince
) {
  User as(Role other) {
    return new User(name, other, password, since, passwordSince);
  }

  User with(PasswordHash other, Instant now) {
    return new User(name, role, other, since, now);
  }
}
