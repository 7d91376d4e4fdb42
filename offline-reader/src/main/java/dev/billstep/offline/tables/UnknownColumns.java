package dev.billstep.offline.tables;

import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.tokens.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names columns whose headings are not known by what stands below them: by its form, and by what it makes. */
final class UnknownColumns {

  private static final String UNKNOWN = "other";

  private static final Set<String> AMOUNTS = Set.of("gross_value", "taxable_value", "total");

  private static final Pattern NAME_OF_CODE = Pattern.compile("(?i)^(?:HSN|SAC)(?:/SAC)?\\s?:\\s?");

  /** Of the lines with numbers, those that must agree. */
  private static final double SHARE = 0.6;

  /** Of a name of what is sold. */
  private static final int FEWEST_LETTERS = 4;

  private final List<NumberLine> lines;

  UnknownColumns(Borders borders, List<Line> body) {
    this.lines = body
      .stream()
      .map(line -> NumberLine.of(borders.cells(line.tokens())))
      .filter(numbers -> numbers.size() > 1)
      .toList();
  }

  Heading named(Heading heading) {
    var known = withoutDescriptionsThatAreCodes(withoutUnitsThatAreNumbers(heading));
    var priced = withTaxable(withProduct(withTotal(known)));
    return withCount(withCodes(withRate(withDescription(priced))));
  }

  /** {@code Unit} above prices is the first word of a heading that goes on with one that is not known. */
  private Heading withoutUnitsThatAreNumbers(Heading heading) {
    var named = heading;
    for (int index = 0; index < heading.columns().size(); index++) {
      int column = index;
      boolean isOfNumbers =
        heading.columns().get(index).key().equals("unit") &&
        agreeWhere(line -> line.hasText(column), line -> line.number(column).isPresent());
      named = isOfNumbers ? named.with(index, UNKNOWN) : named;
    }
    return named;
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

  /** {@code Product} above codes: another column says what is sold. */
  private Heading withoutDescriptionsThatAreCodes(Heading heading) {
    int described = heading.indexOf("description");
    return described >= 0 &&
      !heading.has("hsn_sac") &&
      areCodes(described) &&
      ofMostLetters(heading).isPresent()
      ? heading.with(described, "hsn_sac")
      : heading;
  }

  private boolean areCodes(int index) {
    return agreeWhere(
      line -> line.hasText(index),
      line -> line.text(index).filter(UnknownColumns::isCode).isPresent()
    );
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
      !numbers.isEmpty() &&
      (described < 0 || index < described) &&
      IntStream.range(0, numbers.size()).allMatch(
        place -> numbers.get(place).compareTo(BigDecimal.valueOf(place + 1L)) == 0
      )
    );
  }

  private static boolean isUnknown(Heading heading, int index) {
    return heading.columns().get(index).key().equals(UNKNOWN);
  }

  /** The amount that a rate of GST makes the total of, and the taxes between the two. */
  private Heading withTaxable(Heading heading) {
    return totals(heading)
      .flatMap(total -> taxables(heading, total).map(taxable -> new Taxed(taxable, total)))
      .filter(taxed -> agreeWhere(taxed::isOn, taxed::holdsOn))
      .filter(taxed -> lines.stream().filter(taxed::isOn).anyMatch(taxed::hasTaxOn))
      .findFirst()
      .map(taxed -> withTaxes(taxed.name(heading), taxed))
      .orElse(heading);
  }

  /** What has the most letters is what is sold. */
  private Heading withDescription(Heading heading) {
    if (heading.has("description") || AMOUNTS.stream().noneMatch(heading::has)) {
      return heading;
    }
    return ofMostLetters(heading)
      .map(index -> heading.with(index, "description"))
      .orElse(heading);
  }

  private Optional<Integer> ofMostLetters(Heading heading) {
    return unknown(heading)
      .stream()
      .filter(index -> agreeWhere(line -> true, line -> line.letters(index) >= FEWEST_LETTERS))
      .max(Comparator.comparingLong(this::letters));
  }

  private long letters(int index) {
    return lines
      .stream()
      .mapToLong(line -> line.letters(index))
      .sum();
  }

  /** The column of totals, or those that may be it: the last first. */
  private Stream<Integer> totals(Heading heading) {
    int named = heading.lastIndexOf("total");
    var behind = unknown(heading)
      .stream()
      .filter(index -> index > named);
    return Stream.concat(behind, Stream.of(named).filter(index -> index >= 0)).sorted(
      Comparator.reverseOrder()
    );
  }

  /**
   * The column of taxable values, or those before the total that may be it: the last first. Before a
   * total without a name, an "amount" may be one.
   */
  private Stream<Integer> taxables(Heading heading, int total) {
    return IntStream.range(0, total)
      .filter(index -> {
        var key = heading.columns().get(index).key();
        return heading.has("taxable_value")
          ? key.equals("taxable_value")
          : isUnknown(heading, index) || key.equals("total");
      })
      .boxed()
      .sorted(Comparator.reverseOrder());
  }

  /** Two columns of half the tax are CGST and SGST, one of all of it is a tax that is not named. */
  private Heading withTaxes(Heading heading, Taxed taxed) {
    if (Stream.of("cgst", "sgst", "igst", "tax").anyMatch(heading::has)) {
      return heading;
    }
    var halves = unknown(heading)
      .stream()
      .filter(index -> agreeWhere(taxed::isOn, line -> taxed.isHalfOn(line, index)))
      .toList();
    if (halves.size() == 2) {
      return heading.with(halves.getFirst(), "cgst").with(halves.getLast(), "sgst");
    }
    return unknown(heading)
      .stream()
      .filter(index -> agreeWhere(taxed::isOn, line -> taxed.isTaxOn(line, index)))
      .findFirst()
      .map(index -> heading.with(index, "tax"))
      .orElse(heading);
  }

  /** Where no price tells the count, the one column of whole numbers between what is sold and the amounts. */
  private Heading withCount(Heading heading) {
    if (heading.has("quantity") || heading.has("unit_price")) {
      return heading;
    }
    int described = heading.indexOf("description");
    int firstAmount = IntStream.range(0, heading.columns().size())
      .filter(index -> AMOUNTS.contains(heading.columns().get(index).key()))
      .findFirst()
      .orElse(-1);
    var counts = unknown(heading)
      .stream()
      .filter(index -> index > described && index < firstAmount)
      .filter(index -> agreeWhere(line -> true, line -> line.number(index).isPresent()))
      .filter(this::isWhole)
      .toList();
    return counts.size() == 1 ? heading.with(counts.getFirst(), "quantity") : heading;
  }

  /** A rate of GST that makes one of the line's amounts, or its tax, of another. */
  private Heading withRate(Heading heading) {
    if (Stream.of("gst_rate", "cgst_rate", "sgst_rate").anyMatch(heading::has)) {
      return heading;
    }
    return unknown(heading)
      .stream()
      .filter(index -> agreeWhere(line -> line.hasText(index), line -> line.isRate(index)))
      .filter(index -> lines.stream().anyMatch(line -> line.isRate(index) && !line.isZero(index)))
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
      .filter(this::areCodes)
      .findFirst()
      .map(index -> heading.with(index, "hsn_sac"))
      .orElse(heading);
  }

  private static boolean isCode(String text) {
    var code = NAME_OF_CODE.matcher(text).replaceFirst("");
    return code.matches("\\d{4}|\\d{6}|\\d{8}") && !Identifiers.hsnCodes(code).isEmpty();
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

  /** A column of which rates of GST make another. */
  private record Taxed(int taxable, int total) {
    boolean isOn(NumberLine line) {
      return line.number(taxable).isPresent() && line.number(total).isPresent();
    }

    boolean holdsOn(NumberLine line) {
      return line.isWithTax(taxable, total);
    }

    boolean hasTaxOn(NumberLine line) {
      return holdsOn(line) && tax(line).signum() > 0;
    }

    private BigDecimal tax(NumberLine line) {
      return line
        .number(total)
        .flatMap(whole -> line.number(taxable).map(whole::subtract))
        .orElse(BigDecimal.ZERO);
    }

    boolean isTaxOn(NumberLine line, int index) {
      return line.has(index, tax(line)) || isHalfOn(line, index);
    }

    boolean isHalfOn(NumberLine line, int index) {
      return line.has(index, tax(line).divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP));
    }

    /** Another column that was taken for totals has amounts of something else. */
    Heading name(Heading heading) {
      var named = heading.with(taxable, "taxable_value").with(total, "total");
      for (int index = 0; index < total; index++) {
        named = named.columns().get(index).key().equals("total")
          ? named.with(index, UNKNOWN)
          : named;
      }
      return named;
    }
  }
}
