package dev.billstep.offline.tables;

import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.tokens.Line;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names columns whose headings are not known by what stands below them: by its form, and by what it makes. */
final class UnknownColumns {

  private static final String UNKNOWN = "other";

  private static final Set<String> AMOUNTS = Set.of("gross_value", "taxable_value", "total");

  /** Of the lines with numbers, those that must agree. */
  private static final double SHARE = 0.6;

  private final List<NumberLine> lines;

  UnknownColumns(Borders borders, List<Line> body) {
    this.lines = body
      .stream()
      .map(line -> NumberLine.of(borders.cells(line.tokens())))
      .filter(numbers -> numbers.size() > 1)
      .toList();
  }

  Heading named(Heading heading) {
    return withCodes(withRate(withProduct(withTotal(heading))));
  }

  /** Behind the price, the last column is the amount. */
  private Heading withTotal(Heading heading) {
    int last = heading.columns().size() - 1;
    boolean hasAmount = AMOUNTS.stream().anyMatch(heading::has);
    return !hasAmount &&
      isUnknown(heading, last) &&
      heading.has("unit_price") &&
      lines.stream().anyMatch(line -> line.number(last).isPresent())
      ? heading.with(last, "total")
      : heading;
  }

  /** Count, price and amount: the columns of which one is what the others make. */
  private Heading withProduct(Heading heading) {
    if (heading.has("quantity") && heading.has("unit_price")) {
      return heading;
    }
    return products(heading)
      .filter(product -> agreeWhere(product::isOn, line -> product.isExactOn(line, heading)))
      .findFirst()
      .or(() ->
        products(heading)
          .filter(product -> isInOrder(product, heading))
          .filter(product -> agreeWhere(product::isOn, product::isAboutRightOn))
          .findFirst()
      )
      .map(product -> product.name(heading))
      .orElse(heading);
  }

  /** A count is looked for before the price, a price between the count and the amount. */
  private static boolean isInOrder(Product product, Heading heading) {
    return (
      (heading.has("quantity") || heading.has("unit_price")) &&
      !heading.has("mrp") &&
      product.count() < product.price() &&
      product.price() < product.amount()
    );
  }

  /** What may be count, price and amount: what has a name keeps it; the nearest first. */
  private Stream<Product> products(Heading heading) {
    var counts = named(heading, "quantity");
    var prices = named(heading, "unit_price");
    return amounts(heading).flatMap(amount ->
      prices
        .stream()
        .flatMap(price -> counts.stream().map(count -> new Product(count, price, amount)))
        .filter(Product::isOfThree)
        .filter(product -> !areExchanged(product, heading))
        .sorted(Comparator.comparingInt(Product::distance))
    );
  }

  /** Of two columns without a name that of whole numbers is the count, or else the first. */
  private boolean areExchanged(Product product, Heading heading) {
    if (!isUnknown(heading, product.count()) || !isUnknown(heading, product.price())) {
      return false;
    }
    boolean isFirstWhole = isWhole(Math.min(product.count(), product.price()));
    boolean isSecondWhole = isWhole(Math.max(product.count(), product.price()));
    boolean isSecondTheCount = isSecondWhole && !isFirstWhole;
    return product.count() > product.price() != isSecondTheCount;
  }

  private boolean isWhole(int index) {
    return lines
      .stream()
      .flatMap(line -> line.number(index).stream())
      .allMatch(number -> number.stripTrailingZeros().scale() <= 0);
  }

  private Stream<Integer> amounts(Heading heading) {
    var known = IntStream.range(0, heading.columns().size())
      .filter(index -> AMOUNTS.contains(heading.columns().get(index).key()))
      .boxed()
      .toList();
    return (known.isEmpty() ? unknown(heading) : known).stream().sorted(Comparator.reverseOrder());
  }

  /** The column with a name, or those that may have it. */
  private List<Integer> named(Heading heading, String key) {
    return heading.has(key) ? List.of(heading.indexOf(key)) : unknown(heading);
  }

  private List<Integer> unknown(Heading heading) {
    return IntStream.range(0, heading.columns().size())
      .filter(index -> isUnknown(heading, index) && !isOrdinal(index, heading))
      .boxed()
      .toList();
  }

  /** 1, 2, 3 before what is sold. */
  private boolean isOrdinal(int index, Heading heading) {
    int described = heading.indexOf("description");
    var numbers = lines
      .stream()
      .flatMap(line -> line.number(index).stream())
      .toList();
    return (
      (described < 0 || index < described) &&
      IntStream.range(0, numbers.size()).allMatch(
        place -> numbers.get(place).compareTo(BigDecimal.valueOf(place + 1L)) == 0
      )
    );
  }

  private static boolean isUnknown(Heading heading, int index) {
    return heading.columns().get(index).key().equals(UNKNOWN);
  }

  /** A rate of GST that makes one of the line's amounts, or its tax, of another. */
  private Heading withRate(Heading heading) {
    if (Stream.of("gst_rate", "cgst_rate", "sgst_rate").anyMatch(heading::has)) {
      return heading;
    }
    return unknown(heading)
      .stream()
      .filter(index -> agreeWhere(line -> line.hasText(index), line -> line.isRate(index)))
      .findFirst()
      .map(index -> heading.with(index, "gst_rate"))
      .orElse(heading);
  }

  /** A column of codes of goods. */
  private Heading withCodes(Heading heading) {
    if (heading.has("hsn_sac")) {
      return heading;
    }
    return unknown(heading)
      .stream()
      .filter(index ->
        agreeWhere(
          line -> line.hasText(index),
          line -> line.text(index).filter(UnknownColumns::isCode).isPresent()
        )
      )
      .findFirst()
      .map(index -> heading.with(index, "hsn_sac"))
      .orElse(heading);
  }

  private static boolean isCode(String text) {
    return text.matches("\\d{4}|\\d{6}|\\d{8}") && !Identifiers.hsnCodes(text).isEmpty();
  }

  private boolean agreeWhere(Predicate<NumberLine> counts, Predicate<NumberLine> holds) {
    var counted = lines.stream().filter(counts).toList();
    long agreeing = counted.stream().filter(holds).count();
    return agreeing > 0 && agreeing >= SHARE * counted.size();
  }

  /** Columns of which two may make the third. */
  private record Product(int count, int price, int amount) {
    boolean isOfThree() {
      return count != price && count != amount && price != amount;
    }

    int distance() {
      return Math.abs(count - price);
    }

    boolean isOn(NumberLine line) {
      return Stream.of(count, price, amount).allMatch(column -> line.number(column).isPresent());
    }

    boolean isExactOn(NumberLine line, Heading heading) {
      return made(line)
        .filter(made -> line.makes(made, amount, heading))
        .isPresent();
    }

    boolean isAboutRightOn(NumberLine line) {
      return made(line)
        .filter(made -> line.isAbout(made, amount))
        .isPresent();
    }

    private Optional<BigDecimal> made(NumberLine line) {
      return line.number(count).flatMap(one -> line.number(price).map(one::multiply));
    }

    Heading name(Heading heading) {
      var named = heading;
      named = isUnknown(named, count) ? named.with(count, "quantity") : named;
      named = isUnknown(named, price) ? named.with(price, "unit_price") : named;
      return isUnknown(named, amount) ? named.with(amount, "total") : named;
    }
  }
}
