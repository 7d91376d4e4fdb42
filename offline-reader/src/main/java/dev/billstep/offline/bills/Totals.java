package dev.billstep.offline.bills;

import dev.billstep.offline.bills.Sum.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Chooses a bill's totals so that they make sense together: taxable value, taxes, cess, charges and
 * rounding make the grand total, and the words say it.
 */
final class Totals {

  /** In rupees: rounding makes no more of a difference. */
  private static final BigDecimal ROUNDING = BigDecimal.ONE;

  /** Amounts of one kind that are tried; more are noise. */
  private static final int MOST = 7;

  private static final double CLOSED = 2;

  /** A total that is the taxable value itself closes on nothing. */
  private static final double ONE_AMOUNT = 1.2;

  private static final double IN_WORDS = 1.8;
  private static final double EQUAL_HALVES = 0.4;
  private static final double LEGAL_RATE = 0.4;
  private static final double ROUNDED_AS_PRINTED = 0.4;
  private static final double WITH_EXTRAS = -0.3;

  /** What it costs to leave out taxes that are printed. */
  private static final double UNUSED_TAX = -1.2;

  private final List<Sum> sums;
  private final Optional<BigDecimal> words;

  Totals(List<Sum> sums, Optional<BigDecimal> words) {
    this.sums = sums;
    this.words = words;
  }

  /** The best of all readings, with the margin to the best that has another grand total. */
  Choice choose() {
    var choices = new ArrayList<Choice>();
    for (var grand : grandTotals()) {
      for (var tax : taxes()) {
        for (var taxable : taxables(grand)) {
          for (var extras : extras()) {
            choices.add(choice(grand, taxable, tax, extras));
          }
        }
      }
    }
    choices.sort(Comparator.comparingDouble(Choice::score).reversed());
    if (choices.isEmpty()) {
      return Choice.NONE;
    }
    if (!choices.getFirst().isProven()) {
      var unlabelled = unlabelled().or(() -> madeOfOthers(choices.getFirst()));
      if (unlabelled.isPresent()) {
        return unlabelled.get();
      }
    }
    var best = choices.getFirst();
    double next = choices
      .stream()
      .filter(other -> other.isOtherThan(best))
      .mapToDouble(Choice::score)
      .findFirst()
      .orElse(0);
    return rounded(best).orElseGet(() -> best.withMargin(best.score() - next));
  }

  /** The next whole amount below one with paise is what is paid: after rounding beats before. */
  private Optional<Choice> rounded(Choice best) {
    if (
      best.saysWords() ||
      best
        .grand()
        .filter(sum -> !isWhole(sum))
        .isEmpty()
    ) {
      return Optional.empty();
    }
    var before = best.grand().get();
    return of(Role.ANY)
      .filter(Totals::isWhole)
      .filter(sum -> sum.value().subtract(before.value()).abs().compareTo(ROUNDING) < 0)
      .filter(sum -> isBelow(sum, before))
      .findFirst()
      .map(sum -> choice(Optional.of(sum), best.taxable(), best.tax(), best.extras()));
  }

  private static boolean isWhole(Sum sum) {
    return sum.value().stripTrailingZeros().scale() <= 0;
  }

  private static boolean isBelow(Sum sum, Sum other) {
    return (
      other.words().isPresent() &&
      sum
        .words()
        .filter(words -> words.box().top() > other.words().get().box().bottom())
        .isPresent()
    );
  }

  /** An amount without a label is the total where taxable value and tax make it to the paisa. */
  private Optional<Choice> unlabelled() {
    for (var tax : taxes()) {
      for (var taxable : taxables(Optional.empty())) {
        if (!tax.isNone() && taxable.isPresent()) {
          var made = taxable.get().value().add(tax.amount());
          var total = of(Role.ANY)
            .filter(sum -> sum.value().compareTo(made) == 0)
            .filter(sum -> isGreatest(sum.value()))
            .findFirst();
          if (total.isPresent()) {
            return Optional.of(choice(total, taxable, tax, Extras.NONE));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** No amount that is called a total is greater. */
  private boolean isGreatest(BigDecimal amount) {
    return of(Role.GRAND).allMatch(sum -> sum.value().compareTo(amount) <= 0);
  }

  /** Where nothing printed is called a total, the amounts say which of them is one. */
  private Optional<Choice> madeOfOthers(Choice best) {
    return best.grand().flatMap(Sum::words).isPresent()
      ? Optional.empty()
      : new Ladder(of(Role.ANY).toList())
          .total()
          .map(total -> choice(Optional.of(total), best.taxable(), best.tax(), Extras.NONE));
  }

  private List<Optional<Sum>> grandTotals() {
    var totals = best(Role.GRAND).map(Optional::of).toList();
    return totals.isEmpty() ? List.of(Optional.empty()) : totals;
  }

  private List<Optional<Sum>> taxables(Optional<Sum> grand) {
    return Stream.concat(
      Stream.concat(
        best(Role.TAXABLE),
        // "Total" above the taxes is the taxable value.
        best(Role.GRAND)
          .filter(sum -> grand.filter(sum::equals).isEmpty())
          .map(sum -> new Sum(Role.TAXABLE, sum.value(), sum.words(), 0.5 * sum.score()))
      ).map(Optional::of),
      Stream.of(Optional.<Sum>empty())
    ).toList();
  }

  private List<Tax> taxes() {
    var taxes = new ArrayList<Tax>();
    taxes.add(new Tax(Optional.empty(), Optional.empty(), Optional.empty()));
    for (var cgst : nonZero(Role.CGST)) {
      for (var sgst : nonZero(Role.SGST)) {
        taxes.add(new Tax(Optional.of(cgst), Optional.of(sgst), Optional.empty()));
      }
    }
    for (var igst : nonZero(Role.IGST)) {
      taxes.add(new Tax(Optional.empty(), Optional.empty(), Optional.of(igst)));
    }
    return taxes;
  }

  private List<Sum> nonZero(Role role) {
    return best(role)
      .filter(sum -> sum.value().signum() != 0)
      .toList();
  }

  private List<Extras> extras() {
    var cess = sumOf(Role.CESS);
    var charges = sumOf(Role.CHARGES);
    var discount = sumOf(Role.DISCOUNT);
    var tax = nonZero(Role.TAX).stream().findFirst().map(Sum::value);
    var extras = new ArrayList<Extras>();
    for (boolean withCess : options(cess)) {
      for (boolean withCharges : options(charges)) {
        for (boolean withDiscount : options(discount)) {
          for (boolean withTax : tax.isPresent() ? List.of(false, true) : List.of(false)) {
            extras.add(
              new Extras(
                withCess ? cess : BigDecimal.ZERO,
                withCharges ? charges : BigDecimal.ZERO,
                withDiscount ? discount.abs() : BigDecimal.ZERO,
                withTax ? tax.orElseThrow() : BigDecimal.ZERO
              )
            );
          }
        }
      }
    }
    return extras;
  }

  private static List<Boolean> options(BigDecimal amount) {
    return amount.signum() == 0 ? List.of(false) : List.of(true, false);
  }

  private BigDecimal sumOf(Role role) {
    return of(role).map(Sum::value).distinct().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Stream<Sum> of(Role role) {
    return sums.stream().filter(sum -> sum.role() == role);
  }

  private Stream<Sum> best(Role role) {
    return of(role)
      .sorted(Comparator.comparingDouble(Sum::score).reversed())
      .filter(distinctValues())
      .limit(MOST);
  }

  private static Predicate<Sum> distinctValues() {
    var seen = new ArrayList<BigDecimal>();
    return sum -> {
      boolean isNew = seen.stream().noneMatch(value -> value.compareTo(sum.value()) == 0);
      seen.add(sum.value());
      return isNew;
    };
  }

  private Choice choice(Optional<Sum> grand, Optional<Sum> taxable, Tax tax, Extras extras) {
    double score =
      grand.map(Sum::score).orElse(0.0) + taxable.map(Sum::score).orElse(0.0) + tax.score();
    boolean saysWords =
      grand.isPresent() &&
      words.isPresent() &&
      grand.get().value().subtract(words.get()).abs().compareTo(new BigDecimal("0.005")) < 0;
    score += saysWords ? IN_WORDS : 0;
    boolean leavesTax =
      tax.isNone() &&
      extras.tax().signum() == 0 &&
      (!nonZero(Role.CGST).isEmpty() || !nonZero(Role.IGST).isEmpty());
    score += leavesTax ? UNUSED_TAX : 0;
    score += extras.isNone() ? 0 : WITH_EXTRAS;
    score += tax.areHalves() ? EQUAL_HALVES : 0;
    boolean closes = false;
    var difference = BigDecimal.ZERO;
    if (grand.isPresent() && taxable.isPresent()) {
      var made = taxable.get().value().add(tax.amount()).add(extras.amount());
      difference = grand.get().value().subtract(made);
      closes = difference.abs().compareTo(ROUNDING) < 0;
      boolean isOneAmount = tax.isNone() && extras.amount().signum() == 0;
      score += closes
        ? (isOneAmount ? ONE_AMOUNT : CLOSED) - difference.abs().doubleValue() * 0.2
        : 0;
      score += closes && isPrintedRounding(difference) ? ROUNDED_AS_PRINTED : 0;
      score += closes && hasLegalRate(tax, taxable.get().value()) ? LEGAL_RATE : 0;
    }
    return new Choice(grand, taxable, tax, extras, closes, saysWords, difference, score, 0);
  }

  private boolean isPrintedRounding(BigDecimal difference) {
    return of(Role.ROUND_OFF).anyMatch(
      round ->
        round.value().abs().subtract(difference.abs()).abs().compareTo(new BigDecimal("0.011")) < 0
    );
  }

  private static boolean hasLegalRate(Tax tax, BigDecimal taxable) {
    return !tax.isNone() && Rates.of(tax.amount(), taxable).isPresent();
  }

  /** The printed rounding, where it is the one that the totals have. */
  Optional<Sum> rounding(Choice choice) {
    return of(Role.ROUND_OFF)
      .filter(
        round ->
          round
            .value()
            .abs()
            .subtract(choice.difference().abs())
            .abs()
            .compareTo(new BigDecimal("0.011")) < 0
      )
      .findFirst()
      .or(() -> of(Role.ROUND_OFF).max(Comparator.comparingDouble(Sum::score)));
  }

  /** A total that is printed as zero, or else the plainest. */
  Optional<Sum> plain(Role role) {
    return best(role).findFirst();
  }

  /** Taxes: in two halves within a state, whole between states. */
  record Tax(Optional<Sum> cgst, Optional<Sum> sgst, Optional<Sum> igst) {
    BigDecimal amount() {
      return Stream.of(cgst, sgst, igst)
        .flatMap(Optional::stream)
        .map(Sum::value)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    double score() {
      return Stream.of(cgst, sgst, igst)
        .flatMap(Optional::stream)
        .mapToDouble(Sum::score)
        .average()
        .orElse(0);
    }

    boolean isNone() {
      return cgst.isEmpty() && igst.isEmpty();
    }

    boolean areHalves() {
      return (
        cgst.isPresent() &&
        sgst.isPresent() &&
        cgst.get().value().compareTo(sgst.get().value()) == 0
      );
    }
  }

  /** What else makes the grand total. */
  record Extras(BigDecimal cess, BigDecimal charges, BigDecimal discount, BigDecimal tax) {
    static final Extras NONE = new Extras(
      BigDecimal.ZERO,
      BigDecimal.ZERO,
      BigDecimal.ZERO,
      BigDecimal.ZERO
    );

    BigDecimal amount() {
      return cess.add(charges).subtract(discount).add(tax);
    }

    boolean isNone() {
      return charges.signum() == 0 && discount.signum() == 0 && tax.signum() == 0;
    }
  }

  /**
   * A reading of the totals.
   *
   * @param closes whether the parts make the grand total
   * @param saysWords whether the words say it
   * @param difference that rounding makes
   * @param margin to the best reading with another grand total
   */
  record Choice(
    Optional<Sum> grand,
    Optional<Sum> taxable,
    Tax tax,
    Extras extras,
    boolean closes,
    boolean saysWords,
    BigDecimal difference,
    double score,
    double margin
  ) {
    static final Choice NONE = new Choice(
      Optional.empty(),
      Optional.empty(),
      new Tax(Optional.empty(), Optional.empty(), Optional.empty()),
      Extras.NONE,
      false,
      false,
      BigDecimal.ZERO,
      0,
      0
    );

    Choice withMargin(double other) {
      return new Choice(grand, taxable, tax, extras, closes, saysWords, difference, score, other);
    }

    boolean isOtherThan(Choice best) {
      return (
        grand.isPresent() &&
        best.grand.isPresent() &&
        grand.get().value().compareTo(best.grand.get().value()) != 0
      );
    }

    /** Whether nothing but the amounts themselves says, and not to the paisa, that it is the grand total. */
    boolean isUnlabelled() {
      return (
        grand.filter(sum -> sum.role() == Role.ANY).isPresent() &&
        !saysWords &&
        !(closes && difference.signum() == 0)
      );
    }

    /** Whether numbers that were read apart from each other agree on the grand total. */
    boolean isProven() {
      boolean hasParts =
        taxable.isPresent() &&
        grand.isPresent() &&
        (!tax.isNone() ||
          taxable.get().words().isEmpty() ||
          extras.tax().signum() != 0 ||
          difference.signum() != 0);
      return saysWords || (closes && hasParts);
    }
  }
}
