package dev.billstep.offline.bills;

import dev.billstep.offline.bills.Claim.Place;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tokens.Box;
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

  /** What it costs that both parties have one number: bills to oneself are rare. */
  private static final double ONE_FOR_BOTH = 0.2;

  private final Sheet sheet;
  private final Labels labels;
  private final double goodsEnd;
  private final Set<String> signed;
  private final PrintedGstins gstins;
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
    this.gstins = new PrintedGstins(sheet, labels);
    this.claims = claims();
  }

  /** The parties, chosen together. */
  Choice choose() {
    var pairs = pairs();
    var best = pairs.stream().max(Comparator.comparingDouble(Pair::score)).orElseThrow();
    double second = pairs
      .stream()
      .filter(pair -> pair.contradicts(best))
      .mapToDouble(Pair::score)
      .max()
      .orElse(Double.NEGATIVE_INFINITY);
    return new Choice(best.seller(), best.buyer(), best.score() - second);
  }

  /** Every number as the seller's with every other as the buyer's, or with none. */
  private List<Pair> pairs() {
    var pairs = new ArrayList<Pair>();
    var options = options(claims);
    for (var seller : options) {
      for (var buyer : options) {
        if (seller.isEmpty() || !seller.equals(buyer)) {
          pairs.add(pair(seller, buyer));
        }
      }
    }
    claims.forEach(claim -> claim.asBoth().ifPresent(both -> pairs.add(pairOf(both))));
    return pairs;
  }

  private static Pair pair(Optional<Claim> seller, Optional<Claim> buyer) {
    double score =
      seller.map(Claim::asSeller).orElse(0.0) +
      buyer.map(claim -> claim.asBuyer() - ENOUGH_FOR_BUYER).orElse(0.0);
    return new Pair(seller, buyer, score);
  }

  private static Pair pairOf(Claim.Both both) {
    var pair = pair(
      Optional.of(new Claim(List.of(both.seller()))),
      Optional.of(new Claim(List.of(both.buyer())))
    );
    return new Pair(pair.seller(), pair.buyer(), pair.score() - ONE_FOR_BOTH);
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

  private static List<Optional<Claim>> options(List<Claim> claims) {
    var options = new ArrayList<Optional<Claim>>();
    options.add(Optional.empty());
    claims.forEach(claim -> options.add(Optional.of(claim)));
    return options;
  }

  /** One claim a number: printed twice, it has the evidence of both places. */
  private List<Claim> claims() {
    var byNumber = new LinkedHashMap<String, List<Place>>();
    var candidates = gstins.all();
    for (int index = 0; index < candidates.size(); index++) {
      var found = candidates.get(index);
      var others = candidates
        .stream()
        .filter(other -> !other.value().equals(found.value()))
        .toList();
      byNumber
        .computeIfAbsent(found.value().number(), key -> new ArrayList<>())
        .add(place(found, index, others));
    }
    return byNumber
      .values()
      .stream()
      .map(places -> new Claim(List.copyOf(places)))
      .toList();
  }

  private Place place(
    Candidate<Gstins.Printed> found,
    int index,
    List<Candidate<Gstins.Printed>> others
  ) {
    var label = gstins.labelOf(found);
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
    } else if (others.stream().anyMatch(other -> PrintedGstins.isBeside(other, found))) {
      // Columns that nothing is written above: which is whose is a guess.
      seller += index == 0 ? 0.35 : 0.25;
      buyer += index == 0 ? 0.3 : 0.42;
    } else {
      seller += FIRST / (1 + index);
      buyer += index == 0 ? 0.3 : SECOND;
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
    return new Place(found, label, heading, seller, buyer);
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

  /** A seller and a buyer, or one of them, or none. */
  private record Pair(Optional<Claim> seller, Optional<Claim> buyer, double score) {
    /** Another number in the same place, or the number of one party as the other's alone. */
    boolean contradicts(Pair chosen) {
      return (
        isOther(seller, chosen.seller) ||
        isOther(buyer, chosen.buyer) ||
        (seller.isEmpty() && isSame(buyer, chosen.seller)) ||
        (buyer.isEmpty() && isSame(seller, chosen.buyer))
      );
    }

    /** To leave a place empty contradicts nothing. */
    private static boolean isOther(Optional<Claim> one, Optional<Claim> chosen) {
      return one.isPresent() && chosen.isPresent() && !isSame(one, chosen);
    }

    private static boolean isSame(Optional<Claim> one, Optional<Claim> chosen) {
      return one.isPresent() && chosen.isPresent() && one.get().isSameAs(chosen.get());
    }
  }

  /**
   * The parties.
   *
   * @param margin to the next best pair
   */
  record Choice(Optional<Claim> seller, Optional<Claim> buyer, double margin) {}
}
