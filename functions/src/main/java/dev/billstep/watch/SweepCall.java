package dev.billstep.watch;

import dev.billstep.failure.TransientFailure;
import dev.billstep.watch.SweepRounds.Held;
import dev.billstep.watch.SweepRounds.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One call of a sweep. It goes on where the last one has stopped, part after part and portion after
 * portion, and stops while there is time left to say where: whatever there is to look at, all of it
 * has its turn.
 */
final class SweepCall {

  private final SweepRounds rounds;
  private final Pace pace;
  private final InstantSource clock;
  private final List<TransientFailure> failures = new ArrayList<>();

  SweepCall(SweepRounds rounds, Pace pace, InstantSource clock) {
    this.rounds = rounds;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * Goes on with the sweep's round, or begins one.
   *
   * @param isEnough whether this call has done all that it may, asked between two portions
   * @throws TransientFailure the first that was met, after everything else was done
   */
  SweepOutcome run(List<Part> parts, BooleanSupplier isEnough) {
    var until = clock.instant().plus(pace.work());
    var held = rounds.hold(pace.sweep(), pace.hold(), pace.rest());
    if (held.isEmpty()) {
      return SweepOutcome.LEFT_ALONE;
    }
    boolean isFinished = goOn(held.get(), parts, until, isEnough);
    rounds.leave(held.get(), isFinished);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return isFinished ? SweepOutcome.FINISHED : SweepOutcome.UNFINISHED;
  }

  private boolean goOn(Held held, List<Part> parts, Instant until, BooleanSupplier isEnough) {
    int at = held
      .place()
      .map(place -> indexOf(place.part(), parts))
      .orElse(0);
    var after = held.place().flatMap(Place::after);
    while (at < parts.size()) {
      var next = parts.get(at).portions().next(after);
      if (next.isEmpty()) {
        at++;
        if (at == parts.size()) {
          return true;
        }
      }
      after = next;
      rounds.move(held, new Place(parts.get(at).name(), after));
      if (isEnough.getAsBoolean() || !clock.instant().isBefore(until)) {
        return false;
      }
    }
    return true;
  }

  /** A part that there is no more, of another version of the sweep: the round begins anew. */
  private static int indexOf(String name, List<Part> parts) {
    for (int index = 0; index < parts.size(); index++) {
      if (parts.get(index).name().equals(name)) {
        return index;
      }
    }
    return 0;
  }

  /** Does one thing of a portion; that it fails keeps nothing else from being done. */
  void attempt(Runnable one) {
    try {
      one.run();
    } catch (TransientFailure failure) {
      failures.add(failure);
    }
  }

  /**
   * What a sweep looks at, in an order that stays.
   *
   * @param name by which the next call finds it
   */
  record Part(String name, Portions portions) {}

  /** Takes care of a part, some of it at a time. */
  interface Portions {
    /**
     * Takes care of some of it.
     *
     * @param after the last thing that was taken care of; empty before the first
     * @return the last thing of this portion; empty where there is no more
     */
    Optional<String> next(Optional<String> after);
  }

  /**
   * How much one call does.
   *
   * @param work after which it stops, at the end of a portion
   * @param hold after which another call may go on, whether this one has ended or not: no less than
   *     the function's own limit
   * @param rest between the beginnings of two rounds, at least
   */
  record Pace(String sweep, Duration work, Duration hold, Duration rest) {}
}
