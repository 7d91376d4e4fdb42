package dev.billstep.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often wrong passwords were given, in a row: for a name, whether it is anybody's or not, and from
 * an address.
 */
public final class WrongPasswords {

  /** So many in a row lock a name. */
  static final int A_NAME = 5;

  static final Duration LOCKED = Duration.ofMinutes(15);

  /** So many lock it until its password is set anew (NIST SP 800-63B-4, section 3.2.2). */
  static final int A_NAME_AT_ALL = 100;

  /** So many, for whatever names, are free from an address; then each takes twice the time. */
  static final int AN_ADDRESS = 10;

  /** After so many are counted, those of whom nothing was heard the longest are forgotten. */
  private static final int COUNTED = 10_000;

  private final InstantSource clock;
  private final Map<String, Count> names = newest();
  private final Map<String, Count> addresses = newest();

  public WrongPasswords(InstantSource clock) {
    this.clock = clock;
  }

  private static Map<String, Count> newest() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
        return size() > COUNTED;
      }
    };
  }

  /**
   * Counts one that is about to be looked at as a wrong one, so that of many at once no more are looked at than
   * one after the other.
   *
   * @return how long none is looked at; empty where this one is
   */
  public synchronized Optional<Duration> count(String name, String address) {
    var pause = pause(name, address);
    if (pause.isEmpty()) {
      countOf(name);
      countFrom(address);
    }
    return pause;
  }

  private Optional<Duration> pause(String name, String address) {
    var now = clock.instant();
    var until = later(
      names.getOrDefault(name, Count.NONE),
      addresses.getOrDefault(address, Count.NONE)
    );
    return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
  }

  private static Instant later(Count one, Count other) {
    return one.closedUntil().isAfter(other.closedUntil()) ? one.closedUntil() : other.closedUntil();
  }

  private void countFrom(String address) {
    var now = clock.instant();
    int number = addresses.getOrDefault(address, Count.NONE).after(now) + 1;
    addresses.put(address, new Count(number, now, now.plus(pauseOfAddress(number))));
  }

  private void countOf(String name) {
    var now = clock.instant();
    int number = names.getOrDefault(name, Count.NONE).number() + 1;
    var closed = number % A_NAME == 0 ? now.plus(lock(number)) : Instant.EPOCH;
    names.put(name, new Count(number, now, closed));
  }

  /** Whether a name is locked. */
  synchronized boolean isLocked(String name) {
    return names.getOrDefault(name, Count.NONE).closedUntil().isAfter(clock.instant());
  }

  private static Duration lock(int wrong) {
    return wrong >= A_NAME_AT_ALL ? Duration.ofDays(365_000) : LOCKED;
  }

  private static Duration pauseOfAddress(int wrong) {
    int doubled = Math.min(wrong - AN_ADDRESS, 20);
    var pause = doubled < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doubled);
    return pause.compareTo(LOCKED) < 0 ? pause : LOCKED;
  }

  /** The right one was given: there is no row of wrong ones any more. */
  public synchronized void forget(String name, String address) {
    names.remove(name);
    addresses.remove(address);
  }

  /**
   * In a row.
   *
   * @param closedUntil no password is looked at until then
   */
  private record Count(int number, Instant last, Instant closedUntil) {
    static final Count NONE = new Count(0, Instant.EPOCH, Instant.EPOCH);

    /** Those of an address that has been quiet for long are others': addresses are given anew. */
    int after(Instant now) {
      return now.isAfter(last.plus(Duration.ofHours(1))) ? 0 : number;
    }
  }
}
