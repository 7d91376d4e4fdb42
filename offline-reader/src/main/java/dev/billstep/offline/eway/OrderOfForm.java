package dev.billstep.offline.eway;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Dates;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.relations.Owned;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Sheet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Values whose labels are called otherwise than anybody knows: Form GST EWB-01 has its parts in one
 * order, parties and goods (Part A) before the transport (Part B), and its dates in another, the
 * document's not after the generation, and that before the end of validity.
 */
final class OrderOfForm {

  /** Of the transport, which stands behind parties and goods; only its mode is in the head of some prints. */
  private static final String[] TRANSPORT = {
    "ewb_transporter",
    "ewb_transport_document",
    "ewb_vehicle",
    "ewb_entered",
  };

  private static final Set<String> DATED = Set.of(
    "ewb_generated",
    "ewb_valid_from",
    "ewb_valid_until",
    "ewb_document",
    "ewb_document_date"
  );

  /** Of the text's height: a row and the next one are that near. */
  private static final double NEXT_ROW = 2.5;

  /** Letters of states and union territories on number plates, with the district behind them. */
  private static final Pattern REGISTERED = Pattern.compile(
    "(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB)\\d{1,2}[A-Z]"
  );

  /** A row of sums has parts enough that they do not make the last one by chance. */
  private static final int FEWEST_PARTS = 3;

  private final Sheet sheet;
  private final Labels labels;
  private final List<Candidate<Dates.Moment>> dates;

  /**
   * Looks at a page.
   *
   * @param labelled dates that have a label
   */
  OrderOfForm(Sheet sheet, Labels labels, List<Owned<Dates.Moment>> labelled) {
    this.sheet = sheet;
    this.labels = labels;
    this.dates = Candidate.on(sheet, Dates::in)
      .stream()
      .filter(date ->
        labelled
          .stream()
          .filter(owned -> DATED.contains(owned.label().key()))
          .noneMatch(owned -> owned.candidate().equals(date))
      )
      .toList();
  }

  /**
   * The first date with a time of day behind the number; above it stands what a browser has printed.
   *
   * @param number of the e-way bill
   */
  Optional<Candidate<Dates.Moment>> generated(Box number) {
    double end = transport();
    return dates
      .stream()
      .filter(date -> date.box().bottom() > number.top() && date.box().top() < end)
      .filter(date -> date.value().time().isPresent())
      .findFirst();
  }

  /** The one date after the generation. */
  Optional<Candidate<Dates.Moment>> validUntil(LocalDate generated) {
    return only(date -> date.date().isAfter(generated));
  }

  /** The one date without a time that is not after the generation. */
  Optional<Candidate<Dates.Moment>> documentDate(LocalDate generated) {
    return only(date -> date.time().isEmpty() && !date.date().isAfter(generated));
  }

  private Optional<Candidate<Dates.Moment>> only(Predicate<Dates.Moment> fits) {
    double end = transport();
    var fitting = dates
      .stream()
      .filter(date -> date.box().top() < end && fits.test(date.value()))
      .toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  /** The document's number stands right above its date. */
  Optional<Candidate<String>> documentNumber(Box date) {
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().middle() < date.top())
      .filter(phrase -> date.top() - phrase.box().bottom() < NEXT_ROW * date.height())
      .filter(phrase -> Math.abs(phrase.box().left() - date.left()) < date.height())
      .flatMap(phrase -> Candidate.in(phrase, Identifiers::documentNumber).stream())
      .filter(number -> number.words().text().equals(number.phrase().text()))
      .findFirst();
  }

  /** The vehicle, of a number that some state registers. */
  Optional<Candidate<String>> vehicle() {
    return Candidate.on(sheet, Identifiers::vehicles)
      .stream()
      .filter(vehicle -> REGISTERED.matcher(vehicle.value()).lookingAt())
      .findFirst();
  }

  /**
   * Numbers of parties, before the transport, from the top.
   *
   * @param others where numbers of others stand
   */
  List<Candidate<String>> parties(List<Box> others) {
    double end = transport();
    return Candidate.on(sheet, Gstins::in)
      .stream()
      .filter(number -> number.box().bottom() < end)
      .filter(number -> others.stream().noneMatch(other -> lies(number.box(), other)))
      .map(number -> number.as(number.value().number()))
      .sorted(Comparator.comparingDouble(number -> number.box().middle()))
      .toList();
  }

  private static boolean lies(Box number, Box other) {
    return other.sharedHeight(number) > 0 && other.sharedWidth(number) > 0;
  }

  /** The supplier's number stands to the left of the recipient's, or above. */
  static boolean isSuppliers(Candidate<String> upper, Candidate<String> lower) {
    boolean areBeside = upper.box().sharedHeight(lower.box()) > 0.4 * upper.box().height();
    return !areBeside || upper.box().left() <= lower.box().left();
  }

  /** The last of a row of amounts that makes their sum; or the one amount that there is, once or twice. */
  Optional<Candidate<BigDecimal>> value() {
    var amounts = Candidate.on(sheet, Amounts::in)
      .stream()
      .filter(amount -> Amounts.hasDecimals(amount.text()))
      .filter(amount -> amount.words().text().equals(amount.phrase().text()))
      .toList();
    return sheet
      .lines()
      .stream()
      .flatMap(line -> sumOf(line, amounts).stream())
      .findFirst()
      .or(() -> isOneValue(amounts) ? Optional.of(amounts.getLast()) : Optional.empty());
  }

  private static boolean isOneValue(List<Candidate<BigDecimal>> amounts) {
    return (
      amounts
        .stream()
        .map(amount -> amount.value().stripTrailingZeros())
        .distinct()
        .count() == 1
    );
  }

  private static Optional<Candidate<BigDecimal>> sumOf(
    Line line,
    List<Candidate<BigDecimal>> amounts
  ) {
    var row = amounts
      .stream()
      .filter(amount -> line.phrases().contains(amount.phrase()))
      .toList();
    if (row.size() <= FEWEST_PARTS) {
      return Optional.empty();
    }
    var last = row.getLast();
    var parts = row
      .stream()
      .filter(amount -> !amount.equals(last))
      .map(Candidate::value)
      .reduce(BigDecimal.ZERO, BigDecimal::add);
    return last.value().signum() > 0 && last.value().compareTo(parts) == 0
      ? Optional.of(last)
      : Optional.empty();
  }

  /** Where the transport begins. */
  private double transport() {
    return labels
      .of(TRANSPORT)
      .map(hit -> hit.box().top())
      .min(Comparator.naturalOrder())
      .orElse(sheet.bottom());
  }
}
