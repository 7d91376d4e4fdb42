package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who sells to whom: GSTINs by their own labels, the headings above them, and where they stand. */
final class Parties {

  private static final Set<String> GSTIN_LABELS = Set.of(
    "gstin",
    "seller_gstin",
    "buyer_gstin",
    "ewb_supplier",
    "ewb_recipient",
    "other_gstin"
  );

  /** What a label of the number itself says, and a heading of the block. */
  private static final double OWN_LABEL = 3;

  private static final double HEADING = 1.5;
  private static final double FIRST = 0.5;

  /** Of two numbers without headings, the second is the buyer's rather; it is to be looked at. */
  private static final double SECOND = 0.55;

  private static final double BELOW_GOODS = 0.45;

  /** Sideways counts more: beside each other stand columns, and a party fills one. */
  private static final double SIDEWAYS = 3;

  /** A heading that is further away says no more than where the number stands. */
  private static final double NEAR_ENOUGH = 0.1;

  /** What it tells that the page is signed for the name above a number. */
  private static final double SIGNED = 1;

  private static final double SIGNED_BY_OTHER = 0.3;

  /** Of the text's height: how high a party's block is. */
  private static final double BLOCK = 10;

  private static final double ENOUGH_FOR_BUYER = 0.4;

  private final Sheet sheet;
  private final Labels labels;
  private final double goodsEnd;
  private final Set<String> signed;
  private final List<Claim> claims;

  /**
   * Looks for parties.
   *
   * @param goodsEnd where what is below the goods begins
   */
  Parties(Sheet sheet, Labels labels, double goodsEnd) {
    this.sheet = sheet;
    this.labels = labels;
    this.goodsEnd = goodsEnd;
    this.signed = new Names(sheet, labels).signature();
    this.claims = claims();
  }

  /** The parties, chosen together. */
  Choice choose() {
    Optional<Claim> seller = Optional.empty();
    Optional<Claim> buyer = Optional.empty();
    double best = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    var sellers = options(claims);
    for (var one : sellers) {
      for (var other : sellers) {
        double score = score(one, other);
        if (score > best) {
          best = score;
          seller = one;
          buyer = other;
        }
      }
    }
    for (var one : sellers) {
      for (var other : sellers) {
        if (contradicts(one, seller) || contradicts(other, buyer)) {
          second = Math.max(second, score(one, other));
        }
      }
    }
    return new Choice(seller, buyer, best - second);
  }

  /** Whether a number stands among the parties that was given to neither of them. */
  boolean hasOther(Choice choice) {
    return claims
      .stream()
      .filter(claim -> claim.found().box().top() <= goodsEnd)
      .filter(claim ->
        claim
          .label()
          .filter(hit -> hit.key().equals("other_gstin"))
          .isEmpty()
      )
      .anyMatch(claim ->
        Stream.of(choice.seller(), choice.buyer())
          .flatMap(Optional::stream)
          .noneMatch(claim::isSameAs)
      );
  }

  private static double score(Optional<Claim> seller, Optional<Claim> buyer) {
    boolean isOne = seller.isPresent() && buyer.isPresent() && seller.get().isSameAs(buyer.get());
    return isOne
      ? Double.NEGATIVE_INFINITY
      : seller.map(Claim::asSeller).orElse(0.0) +
          buyer.map(claim -> claim.asBuyer() - ENOUGH_FOR_BUYER).orElse(0.0);
  }

  /** Another number in the same place; to leave a place empty contradicts nothing. */
  private static boolean contradicts(Optional<Claim> one, Optional<Claim> chosen) {
    return one.isPresent() && chosen.isPresent() && !one.get().isSameAs(chosen.get());
  }

  private static List<Optional<Claim>> options(List<Claim> claims) {
    var options = new ArrayList<Optional<Claim>>();
    options.add(Optional.empty());
    claims.forEach(claim -> options.add(Optional.of(claim)));
    return options;
  }

  /** One claim a number: printed twice, it has the evidence of both places. */
  private List<Claim> claims() {
    var byNumber = new LinkedHashMap<String, Claim>();
    int place = 0;
    var candidates = candidates();
    for (var found : candidates) {
      var others = candidates
        .stream()
        .filter(other -> !other.value().equals(found.value()))
        .toList();
      var claim = claim(found, place++, others);
      byNumber.merge(claim.number(), claim, Claim::with);
    }
    return List.copyOf(byNumber.values());
  }

  private List<Candidate<Gstins.Printed>> candidates() {
    var shaped = Candidate.on(sheet, Gstins::in);
    var found = new ArrayList<>(shaped);
    labels
      .all()
      .filter(hit -> GSTIN_LABELS.contains(hit.key()))
      .forEach(hit -> {
        boolean isServed = shaped.stream().anyMatch(candidate -> belongs(candidate, hit));
        if (!isServed) {
          behind(hit).ifPresent(candidate -> {
            if (found.stream().noneMatch(other -> other.box().equals(candidate.box()))) {
              found.add(candidate);
            }
          });
        }
      });
    found.sort(Comparator.comparingDouble(candidate -> candidate.box().middle()));
    return lineByLine(found);
  }

  /** From the top, and from the left where they stand beside each other. */
  private static List<Candidate<Gstins.Printed>> lineByLine(
    List<Candidate<Gstins.Printed>> fromTheTop
  ) {
    var ordered = new ArrayList<Candidate<Gstins.Printed>>();
    for (var candidate : fromTheTop) {
      int at = ordered.size();
      while (
        at > 0 &&
        isBeside(ordered.get(at - 1), candidate) &&
        ordered
          .get(at - 1)
          .box()
          .left() > candidate.box().left()
      ) {
        at--;
      }
      ordered.add(at, candidate);
    }
    return ordered;
  }

  private static boolean isBeside(Candidate<?> one, Candidate<?> other) {
    return one.box().sharedHeight(other.box()) > 0.4 * other.box().height();
  }

  private boolean belongs(Candidate<?> candidate, LabelHit hit) {
    return labelOf(candidate).filter(hit::equals).isPresent();
  }

  /** What is printed behind a label and is no GSTIN. */
  private Optional<Candidate<Gstins.Printed>> behind(LabelHit hit) {
    var within = Gstins.behindLabel(hit.rest());
    if (!within.isEmpty()) {
      var found = within.getFirst();
      return Optional.of(
        new Candidate<>(
          found.value(),
          hit.phrase(),
          hit.to() + found.from(),
          hit.to() + found.to(),
          hit.phrase().part(hit.to() + found.from(), hit.to() + found.to())
        )
      );
    }
    return hit.rest().chars().anyMatch(Character::isLetterOrDigit)
      ? Optional.empty()
      : rightOf(hit.box()).flatMap(phrase ->
          Candidate.in(phrase, Gstins::behindLabel).stream().findFirst()
        );
  }

  private Optional<Phrase> rightOf(Box box) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().sharedHeight(box) > 0.5 * box.height())
      .filter(phrase -> phrase.box().left() >= box.right())
      .filter(phrase -> phrase.text().chars().anyMatch(Character::isLetterOrDigit))
      .min(Comparator.comparingDouble(phrase -> phrase.box().left()));
  }

  /** The label before a number: in its phrase, to its left, or above it. */
  private Optional<LabelHit> labelOf(Candidate<?> candidate) {
    return labels
      .all()
      .filter(hit -> GSTIN_LABELS.contains(hit.key()))
      .filter(hit -> isBefore(hit, candidate))
      .min(Comparator.comparingDouble(hit -> distance(hit.box(), candidate.box())));
  }

  private boolean isBefore(LabelHit hit, Candidate<?> candidate) {
    if (hit.phrase().equals(candidate.phrase())) {
      return hit.to() <= candidate.from();
    }
    var box = candidate.box();
    boolean isBeside =
      hit.box().sharedHeight(box) > 0.4 * box.height() &&
      hit.box().right() <= box.left() + box.height() &&
      box.left() - hit.box().right() < 0.4 * sheet.right() &&
      rightOf(hit.box())
        .filter(phrase -> phrase.equals(candidate.phrase()))
        .isPresent();
    boolean isAbove =
      hit.box().sharedWidth(box) > 0 &&
      box.top() - hit.box().bottom() < 1.2 * box.height() &&
      box.middle() > hit.box().bottom();
    return isBeside || isAbove;
  }

  private static double distance(Box label, Box value) {
    return Math.max(0, -label.sharedHeight(value)) + Math.max(0, -label.sharedWidth(value));
  }

  private Claim claim(
    Candidate<Gstins.Printed> found,
    int place,
    List<Candidate<Gstins.Printed>> others
  ) {
    var label = labelOf(found);
    double seller = 0.1;
    double buyer = 0;
    var key = label.map(LabelHit::key).orElse("");
    switch (key) {
      case "seller_gstin", "ewb_supplier" -> seller += OWN_LABEL;
      case "buyer_gstin", "ewb_recipient" -> buyer += OWN_LABEL;
      case "other_gstin" -> {
        seller -= OWN_LABEL;
        buyer -= OWN_LABEL;
      }
      default -> {
        // The block's heading says whose it is.
      }
    }
    var block = label.map(hit -> hit.box().with(found.box())).orElse(found.box());
    var heading = heading(block);
    if (heading.isPresent()) {
      double weight = HEADING * nearness(heading.get().box(), block);
      switch (heading.get().key()) {
        case "seller" -> seller += weight;
        case "buyer" -> buyer += weight;
        case "ship_to" -> buyer += 0.35 * weight;
        default -> seller += 0.3 * weight;
      }
    } else if (others.stream().anyMatch(other -> isBeside(other, found))) {
      // Columns that nothing is written above: which is whose is a guess.
      seller += place == 0 ? 0.35 : 0.25;
      buyer += place == 0 ? 0.3 : 0.42;
    } else {
      seller += FIRST / (1 + place);
      buyer += place == 0 ? 0.3 : SECOND;
    }
    if (signs(found.box())) {
      seller += SIGNED;
    } else if (others.stream().anyMatch(other -> signs(other.box()))) {
      buyer += SIGNED_BY_OTHER;
    }
    if (found.box().top() > goodsEnd) {
      seller += BELOW_GOODS;
      buyer -= BELOW_GOODS;
    }
    return new Claim(found, label, heading, seller, buyer);
  }

  /** Whether the page is signed for whom the block above a number names. */
  private boolean signs(Box number) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() < number.middle())
      .filter(phrase -> number.top() - phrase.box().bottom() < BLOCK * number.height())
      .filter(phrase -> phrase.box().sharedWidth(number) > 0)
      .anyMatch(phrase -> signed.contains(Names.plain(phrase.text())));
  }

  /** The nearest heading of a party above, or to the left on the same line. */
  private Optional<LabelHit> heading(Box block) {
    return labels
      .of("seller", "buyer", "ship_to", "ship_from")
      .filter(hit -> hit.box().middle() < block.bottom())
      .filter(hit -> hit.box().left() < block.right())
      .min(Comparator.comparingDouble(hit -> far(hit.box(), block)))
      .filter(hit -> nearness(hit.box(), block) > NEAR_ENOUGH);
  }

  private double far(Box heading, Box block) {
    return (
      Math.max(0, block.middle() - heading.middle()) +
      SIDEWAYS * Math.max(0, -heading.sharedWidth(block))
    );
  }

  private double nearness(Box heading, Box block) {
    return Math.exp(-far(heading, block) / (0.2 * Math.max(1, sheet.bottom())));
  }

  /**
   * What speaks for a number to be a party's.
   *
   * @param label before it
   * @param heading above it
   */
  record Claim(
    Candidate<Gstins.Printed> found,
    Optional<LabelHit> label,
    Optional<LabelHit> heading,
    double asSeller,
    double asBuyer
  ) {
    String number() {
      return found.value().number();
    }

    boolean isSameAs(Claim other) {
      return number().equals(other.number());
    }

    Claim with(Claim other) {
      return new Claim(
        found,
        label,
        heading,
        Math.max(asSeller, other.asSeller) + 0.1,
        Math.max(asBuyer, other.asBuyer) + 0.1
      );
    }
  }

  /**
   * The parties.
   *
   * @param margin to the next best pair
   */
  record Choice(Optional<Claim> seller, Optional<Claim> buyer, double margin) {}
}
