package dev.billstep.offline.tables;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Found;
import dev.billstep.offline.forms.GstRates;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Token;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of a table by its columns' indices.
 *
 * @param numbers of each cell that has any
 */
record NumberLine(SortedMap<Integer, String> texts, SortedMap<Integer, List<BigDecimal>> numbers) {
  private static final BigDecimal PAISE = new BigDecimal("0.06");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** A discount makes the amount less, and a tax more: by no more than that. */
  private static final BigDecimal LEAST = new BigDecimal("0.7");

  private static final BigDecimal MOST = new BigDecimal("1.4");

  private static final Set<String> TAXES = Set.of(
    "tax",
    "cgst",
    "sgst",
    "igst",
    "cess",
    "gst_rate"
  );

  static NumberLine of(SortedMap<Integer, List<Token>> cells) {
    var texts = new TreeMap<Integer, String>();
    var numbers = new TreeMap<Integer, List<BigDecimal>>();
    cells.forEach((column, tokens) -> {
      var text = new Cell(Phrase.of(tokens)).text().strip();
      texts.put(column, text);
      var found = Amounts.in(text).stream().map(Found::value).toList();
      if (!found.isEmpty()) {
        numbers.put(column, found);
      }
    });
    return new NumberLine(texts, numbers);
  }

  /** How many of its cells are a number. */
  int size() {
    return (int) numbers
      .values()
      .stream()
      .filter(cell -> cell.size() == 1)
      .count();
  }

  boolean hasText(int column) {
    return texts.containsKey(column);
  }

  Optional<String> text(int column) {
    return Optional.ofNullable(texts.get(column));
  }

  long letters(int column) {
    return text(column).stream().flatMapToInt(String::chars).filter(Character::isLetter).count();
  }

  boolean isZero(int column) {
    return number(column)
      .filter(number -> number.signum() == 0)
      .isPresent();
  }

  /** The number of a cell that has one and no more. */
  Optional<BigDecimal> number(int column) {
    return Optional.ofNullable(numbers.get(column))
      .filter(cell -> cell.size() == 1)
      .map(List::getFirst);
  }

  /** Whether what count and price make is an amount of the line to the paisa, without its taxes or with them. */
  boolean makes(BigDecimal made, int amount, Heading heading) {
    return number(amount)
      .filter(printed -> printed.signum() > 0)
      .filter(
        printed ->
          isNear(made, printed) ||
          isNear(made.subtract(sum(heading, Set.of("discount"))), printed) ||
          isNear(made.add(sum(heading, TAXES)), printed) ||
          GstRates.PLAINLY_WHOLE.stream().anyMatch(rate -> isNear(withTax(made, rate), printed))
      )
      .isPresent();
  }

  /** Whether an amount is another with a rate of GST, to the paisa. */
  boolean isWithTax(int taxable, int total) {
    return number(taxable)
      .filter(value -> value.signum() > 0)
      .filter(value ->
        GstRates.PLAINLY_WHOLE.stream().anyMatch(rate -> has(total, withTax(value, rate)))
      )
      .isPresent();
  }

  /** Whether a column's number is that, to the paisa. */
  boolean has(int column, BigDecimal value) {
    return number(column)
      .filter(printed -> isNear(printed, value))
      .isPresent();
  }

  private BigDecimal sum(Heading heading, Set<String> keys) {
    return numbers
      .entrySet()
      .stream()
      .filter(cell -> keys.contains(heading.columns().get(cell.getKey()).key()))
      .map(cell -> cell.getValue().getFirst())
      .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  boolean isAbout(BigDecimal made, int amount) {
    return number(amount)
      .filter(printed -> made.signum() > 0)
      .map(printed -> printed.divide(made, 4, RoundingMode.HALF_UP))
      .filter(times -> times.compareTo(LEAST) >= 0 && times.compareTo(MOST) <= 0)
      .isPresent();
  }

  /** Whether a cell begins with a rate of GST by which one number of the line makes another. */
  boolean isRate(int column) {
    return rate(column)
      .filter(rate -> GstRates.areWith(GstRates.PLAINLY_WHOLE, rate))
      .filter(rate -> rate.signum() == 0 || makesTax(rate, column))
      .isPresent();
  }

  private Optional<BigDecimal> rate(int column) {
    return text(column)
      .map(text -> Amounts.in(text.replace("%", " ")))
      .filter(found -> !found.isEmpty() && found.getFirst().from() <= 1)
      .map(found -> found.getFirst().value());
  }

  private boolean makesTax(BigDecimal rate, int column) {
    var others = numbers
      .entrySet()
      .stream()
      .filter(cell -> cell.getKey() != column)
      .flatMap(cell -> cell.getValue().stream())
      .filter(number -> number.signum() > 0)
      .toList();
    return others
      .stream()
      .anyMatch(value ->
        others
          .stream()
          .anyMatch(
            other ->
              isNear(withTax(value, rate), other) || isNear(withTax(value, rate), value.add(other))
          )
      );
  }

  private static BigDecimal withTax(BigDecimal value, BigDecimal rate) {
    return value.add(value.multiply(rate).divide(HUNDRED, 4, RoundingMode.HALF_UP));
  }

  private static boolean isNear(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(PAISE) <= 0;
  }
}
