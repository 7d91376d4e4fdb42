package dev.billstep.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rounds for unit tests: a place is kept until its round is finished. */
final class InMemoryRounds implements SweepRounds {

  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> held = new HashSet<>();

  @Override
  public Optional<Held> hold(String sweep, Duration atMost, Duration rest) {
    return held.add(sweep)
      ? Optional.of(new Held(sweep, "token", Optional.ofNullable(places.get(sweep)), Duration.ZERO))
      : Optional.empty();
  }

  @Override
  public void move(Held sweep, Place place) {
    places.put(sweep.sweep(), place);
  }

  @Override
  public void leave(Held sweep, boolean isFinished) {
    held.remove(sweep.sweep());
    if (isFinished) {
      places.remove(sweep.sweep());
    }
  }
}
