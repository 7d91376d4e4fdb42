package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.relations.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What speaks for a number to be a party's.
 *
 * @param places where it is printed, from the top
 */
record Claim(List<Place> places) {
  /** What each further place adds to the plainest. */
  private static final double ONCE_MORE = 0.1;

  String number() {
    return found().value().number();
  }

  Candidate<Gstins.Printed> found() {
    return places.getFirst().found();
  }

  Optional<LabelHit> label() {
    return places.getFirst().label();
  }

  Optional<LabelHit> heading() {
    return places.getFirst().heading();
  }

  double asSeller() {
    return best(Place::asSeller);
  }

  double asBuyer() {
    return best(Place::asBuyer);
  }

  private double best(ToDoubleFunction<Place> score) {
    return places.stream().mapToDouble(score).max().orElseThrow() + ONCE_MORE * (places.size() - 1);
  }

  boolean isSameAs(Claim other) {
    return number().equals(other.number());
  }

  /** The number as that of both parties: where it is printed in the buyer's block, and elsewhere too. */
  Optional<Both> asBoth() {
    return places
      .stream()
      .filter(Place::isPlainlyBuyers)
      .findFirst()
      .flatMap(buyer ->
        places
          .stream()
          .filter(Place::isRatherSellers)
          .findFirst()
          .map(seller -> new Both(seller, buyer))
      );
  }

  /** Two places of one number. */
  record Both(Place seller, Place buyer) {}

  /**
   * One place where it is printed.
   *
   * @param label before it
   * @param heading above it
   */
  record Place(
    Candidate<Gstins.Printed> found,
    Optional<LabelHit> label,
    Optional<LabelHit> heading,
    double asSeller,
    double asBuyer
  ) {
    /** How much more must speak for the buyer: a heading that is right above it, or a label. */
    private static final double PLAIN = 0.8;

    boolean isPlainlyBuyers() {
      return asBuyer - asSeller > PLAIN;
    }

    boolean isRatherSellers() {
      return asSeller > asBuyer;
    }
  }
}
