package dev.billstep.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has signed in, in the memory of the process that serves them: whoever starts it again has them
 * sign in again. Of a token its hash alone is kept.
 */
final class Sessions {

  /** Without a request. */
  static final Duration IDLE = Duration.ofHours(12);

  /** Whatever is done. */
  static final Duration LONGEST = Duration.ofDays(7);

  private final InstantSource clock;
  private final Map<String, Session> sessions = new HashMap<>();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  synchronized SessionToken begin(User user) {
    var now = clock.instant();
    sessions.values().removeIf(session -> session.isOver(now));
    var token = SessionToken.generate();
    sessions.put(token.hash(), new Session(user.name(), user.passwordSince(), now, now));
    return token;
  }

  /** Whose a token is, as long as it is good; asking keeps it from being idle. */
  synchronized Optional<Session> find(SessionToken token) {
    var now = clock.instant();
    return Optional.ofNullable(
      sessions.computeIfPresent(token.hash(), (hash, session) ->
        session.isOver(now) ? null : session.seenAt(now)
      )
    );
  }

  synchronized void end(SessionToken token) {
    sessions.remove(token.hash());
  }

  /**
   * One time of being signed in.
   *
   * @param passwordSince of the password that it began with: another one ends it
   */
  record Session(UserName user, Instant passwordSince, Instant began, Instant seen) {
    boolean isOver(Instant now) {
      return now.isAfter(seen.plus(IDLE)) || now.isAfter(began.plus(LONGEST));
    }

    Session seenAt(Instant now) {
      return new Session(user, passwordSince, began, now);
    }
  }
}
