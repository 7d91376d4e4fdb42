package dev.billstep.offline.tables;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names columns whose headings are not known by the numbers below them. */
final class UnknownColumns {

  private static final String UNKNOWN = "other";

  private static final List<String> AMOUNTS = List.of("gross_value", "taxable_value", "total");

  /** Of the lines with numbers, those that must agree. */
  private static final double SHARE = 0.6;

  /** A discount makes the amount less, and a tax more: by no more than that. */
  private static final BigDecimal LEAST = new BigDecimal("0.7");

  private static final BigDecimal MOST = new BigDecimal("1.4");

  private final List<SortedMap<Integer, BigDecimal>> lines;

  UnknownColumns(Borders borders, List<Line> body) {
    this.lines = body
      .stream()
      .map(line -> numbers(borders, line))
      .filter(numbers -> numbers.size() > 1)
      .toList();
  }

  private static SortedMap<Integer, BigDecimal> numbers(Borders borders, Line line) {
    var numbers = new TreeMap<Integer, BigDecimal>();
    borders.cells(line.tokens()).forEach((column, tokens) -> {
      var found = Amounts.in(Phrase.of(tokens).text());
      if (found.size() == 1) {
        numbers.put(column, found.getFirst().value());
      }
    });
    return numbers;
  }

  Heading named(Heading heading) {
    return withPrice(withQuantity(withTotal(heading)));
  }

  /** Behind the price, the last column is the amount. */
  private Heading withTotal(Heading heading) {
    int last = heading.columns().size() - 1;
    boolean hasAmount = AMOUNTS.stream().anyMatch(heading::has);
    boolean isUnknown = heading.columns().get(last).key().equals(UNKNOWN);
    return !hasAmount &&
      isUnknown &&
      heading.has("unit_price") &&
      lines.stream().anyMatch(numbers -> numbers.containsKey(last))
      ? heading.with(last, "total")
      : heading;
  }

  /** Before the price, what makes about the amount with it. */
  private Heading withQuantity(Heading heading) {
    int price = heading.indexOf("unit_price");
    var amount = AMOUNTS.stream().filter(heading::has).findFirst();
    if (heading.has("quantity") || price < 0 || amount.isEmpty()) {
      return heading;
    }
    int total = heading.indexOf(amount.get());
    for (int index = price - 1; index >= 0; index--) {
      if (heading.columns().get(index).key().equals(UNKNOWN) && makeAmounts(index, price, total)) {
        return heading.with(index, "quantity");
      }
    }
    return heading;
  }

  /** Behind the count, what makes about the amount with it. */
  private Heading withPrice(Heading heading) {
    int count = heading.indexOf("quantity");
    var amount = AMOUNTS.stream().filter(heading::has).findFirst();
    if (heading.has("unit_price") || heading.has("mrp") || count < 0 || amount.isEmpty()) {
      return heading;
    }
    int total = heading.indexOf(amount.get());
    for (int index = count + 1; index < total; index++) {
      if (heading.columns().get(index).key().equals(UNKNOWN) && makeAmounts(index, count, total)) {
        return heading.with(index, "unit_price");
      }
    }
    return heading;
  }

  private boolean makeAmounts(int index, int price, int total) {
    var products = lines
      .stream()
      .flatMap(numbers -> product(numbers, index, price, total).stream())
      .toList();
    long agreeing = products.stream().filter(Product::makesAmount).count();
    return agreeing > 0 && agreeing >= SHARE * products.size();
  }

  private static Optional<Product> product(
    SortedMap<Integer, BigDecimal> numbers,
    int index,
    int price,
    int total
  ) {
    var count = numbers.get(index);
    var each = numbers.get(price);
    var amount = numbers.get(total);
    return count == null || each == null || amount == null
      ? Optional.empty()
      : Optional.of(new Product(count.multiply(each), amount));
  }

  /** What count and price make, and the amount beside them. */
  private record Product(BigDecimal made, BigDecimal amount) {
    boolean makesAmount() {
      if (made.signum() <= 0) {
        return false;
      }
      var times = amount.divide(made, 4, RoundingMode.HALF_UP);
      return times.compareTo(LEAST) >= 0 && times.compareTo(MOST) <= 0;
    }
  }
}
