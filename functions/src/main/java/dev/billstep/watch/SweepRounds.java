package dev.billstep.watch;

import java.time.Duration;
import java.util.Optional;

/**
 * Port: how far the sweeps are that take more than one call to go through everything. A call holds its
 * sweep while it is at work; what it notes is refused once another call holds it.
 */
public interface SweepRounds {
  /** Keeps nothing: every call goes through everything from the beginning. */
  SweepRounds NOT_KEPT = new SweepRounds() {
    @Override
    public Optional<Held> hold(String sweep, Duration atMost, Duration rest) {
      return Optional.of(new Held(sweep, "", Optional.empty(), Duration.ZERO));
    }

    @Override
    public void move(Held held, Place place) {}

    @Override
    public void leave(Held held, boolean isFinished) {}
  };

  /**
   * Goes on with the round that is not finished, or begins another one.
   *
   * @param atMost how long no other call may have it, unless it is left before
   * @param rest between the beginnings of two rounds, at least
   * @return empty while another call has it, and while it rests
   */
  Optional<Held> hold(String sweep, Duration atMost, Duration rest);

  /**
   * Notes where the next call goes on.
   *
   * @throws SweepLost when another call holds it by now
   */
  void move(Held held, Place place);

  /**
   * Lets the next call have it.
   *
   * @param isFinished whether the round has been through everything
   * @throws SweepLost when another call holds it by now
   */
  void leave(Held held, boolean isFinished);

  /**
   * A sweep that a call holds.
   *
   * @param token that goes with whatever the call notes
   * @param place where it goes on; empty at the beginning of a round
   * @param age of the round: zero where it begins
   */
  record Held(String sweep, String token, Optional<Place> place, Duration age) {}

  /**
   * Up to where everything was looked at.
   *
   * @param part of the sweep
   * @param after the last thing in it; empty before its first
   */
  record Place(String part, Optional<String> after) {}
}
