package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Found;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.tables.Cell;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines of a bill, out of its table of goods. */
final class Goods {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern HSN = Pattern.compile(
    "\\(?\\b(?:HSN|SAC)(?:\\s*/\\s*SAC)?(?:\\s*(?:code|no))?\\s*[:.-]*\\s*(\\d{4,8})\\)?",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern RATE_WITHIN = Pattern.compile(
    "\\|?\\s*\\b(?:IGST|GST)\\s*[:@-]*\\s*(\\d{1,2}(?:\\.\\d+)?)\\s*%",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern QUANTITY = Pattern.compile(
    "(\\d[\\d,]*(?:\\.\\d+)?)\\s*([A-Za-z][A-Za-z.]*)?"
  );
  private static final Pattern COUNT_BEFORE = Pattern.compile("^(\\d{1,3})\\s*[xX×]\\s+(?=\\p{L})");

  private Goods() {}

  /** The table of what is sold: it names goods and has amounts; of several, the one with most rows. */
  static Optional<Table> table(List<Table> tables) {
    return tables
      .stream()
      .filter(table -> table.has("description"))
      .filter(
        table ->
          table.has("total") ||
          table.has("taxable_value") ||
          table.has("unit_price") ||
          table.has("gross_value")
      )
      .filter(table -> !table.rows().isEmpty())
      .max(
        Comparator.comparingInt((Table table) -> table.rows().size()).thenComparingInt(
          table -> -table.firstLine()
        )
      );
  }

  /** Summaries by HSN, which repeat taxable values and taxes. */
  static List<Table> summaries(List<Table> tables, Optional<Table> goods) {
    return tables
      .stream()
      .filter(table -> goods.filter(table::equals).isEmpty())
      .filter(table -> table.has("taxable_value"))
      .filter(
        table -> table.has("cgst") || table.has("igst") || table.has("tax") || table.has("sgst")
      )
      .toList();
  }

  static List<Item> items(Table table) {
    var items = new ArrayList<Item>();
    for (var row : table.rows()) {
      items.add(item(row, table, items.size() + 1));
    }
    // Free shipping is a line of zeros.
    var sold = items
      .stream()
      .filter(item -> !item.isOfZeros())
      .toList();
    return sold.isEmpty() ? items : sold;
  }

  private static Item item(Row row, Table table, int ordinal) {
    var text = row.text("description").orElse("");
    var hsnWithin = HSN.matcher(text);
    var hsn = hsnOf(row).or(() ->
      hsnWithin.find() ? Optional.of(hsnWithin.group(1)) : Optional.empty()
    );
    var rateWithin = RATE_WITHIN.matcher(text);
    var description = RATE_WITHIN.matcher(HSN.matcher(text).replaceAll("")).replaceAll("").strip();
    var numbers = new Numbers(row, table);
    var countBefore = COUNT_BEFORE.matcher(description);
    var quantity = numbers
      .quantity()
      .or(() ->
        countBefore.find() ? Optional.of(new BigDecimal(countBefore.group(1))) : Optional.empty()
      );
    var rate = numbers
      .rate()
      .or(() ->
        rateWithin.find() ? Optional.of(new BigDecimal(rateWithin.group(1))) : Optional.empty()
      );
    return new Item(
      row,
      PrintedText.spaced(
        row.first("number").isEmpty() ? withoutNumber(description, ordinal) : description
      ),
      hsn,
      quantity,
      unit(row),
      numbers.price(),
      numbers.discount(),
      numbers.taxable(),
      rate,
      numbers.tax("cgst"),
      numbers.tax("sgst"),
      numbers.igst(),
      numbers.tax("cess"),
      numbers.total()
    );
  }

  /** Without the row's own number, where that has run into it. */
  private static String withoutNumber(String description, int ordinal) {
    return description.replaceFirst("^%d[.)]?\\s+(?=\\p{L})".formatted(ordinal), "");
  }

  private static Optional<String> hsnOf(Row row) {
    var code = row
      .of("hsn_sac")
      .stream()
      .flatMap(cell -> Identifiers.hsnCodes(cell.text()).stream())
      .map(found -> found.value())
      .findFirst();
    // What is printed there and is no code belongs into the row, for the reviewer.
    return code.or(() ->
      row.text("hsn_sac").filter(text -> text.matches("(?=.*\\d)[\\w/-]{2,12}"))
    );
  }

  private static Optional<String> unit(Row row) {
    return row
      .of("unit")
      .stream()
      .map(Cell::text)
      .map(text -> text.replaceAll("[₹|\\d.,%]", "").strip())
      .filter(text -> !text.isEmpty())
      .findFirst()
      .or(() ->
        row
          .of("quantity")
          .stream()
          .map(cell -> QUANTITY.matcher(cell.text()))
          .filter(quantity -> quantity.find() && quantity.group(2) != null)
          .map(quantity -> quantity.group(2))
          .findFirst()
      );
  }

  /** The numbers of a row, told apart where a column has several, or several columns one name. */
  private record Numbers(Row row, Table table) {
    private static final BigDecimal HIGHEST = new BigDecimal("40");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d+)?)\\s*%");
    private static final BigDecimal TOLERANCE = new BigDecimal("0.06");

    Stream<BigDecimal> all(String... columns) {
      return Stream.of(columns).flatMap(column ->
        row
          .of(column)
          .stream()
          .flatMap(cell -> cell.numbers().stream())
      );
    }

    /** Without what has a sign of percent. */
    private Stream<BigDecimal> amounts(String column) {
      return row
        .of(column)
        .stream()
        .flatMap(cell -> Amounts.in(cell.text()).stream())
        .map(Found::value);
    }

    Optional<BigDecimal> first(String column) {
      return all(column).findFirst();
    }

    Optional<BigDecimal> last(String column) {
      return all(column).reduce((one, other) -> other);
    }

    /** Of two counts, that which makes the amount with the price. */
    Optional<BigDecimal> quantity() {
      var quantities = all("quantity", "other_quantity").toList();
      return quantities
        .stream()
        .filter(quantity ->
          price()
            .filter(price -> makesAmount(quantity, price))
            .isPresent()
        )
        .findFirst()
        .or(() -> first("quantity"))
        .or(this::impliedQuantity);
    }

    /** Not printed, or not seen: how often the price goes into the amount. */
    private Optional<BigDecimal> impliedQuantity() {
      if (!table.has("quantity")) {
        return Optional.empty();
      }
      return price()
        .filter(price -> price.signum() > 0)
        .flatMap(price ->
          all("gross_value", "taxable_value", "total")
            .findFirst()
            .map(amount -> amount.divide(price, 3, RoundingMode.HALF_UP))
        )
        .filter(times -> times.stripTrailingZeros().scale() <= 0 && times.signum() > 0);
    }

    private boolean makesAmount(BigDecimal quantity, BigDecimal price) {
      var product = quantity.multiply(price);
      return all("gross_value", "taxable_value", "total").anyMatch(amount ->
        near(product, amount, TOLERANCE)
      );
    }

    Optional<BigDecimal> price() {
      return first("unit_price");
    }

    Optional<BigDecimal> discount() {
      return row
        .of("discount")
        .stream()
        .filter(cell -> cell.text().indexOf('%') < 0)
        .flatMap(cell -> cell.amount().stream())
        .findFirst()
        .map(BigDecimal::abs);
    }

    /** After discount and before tax: of two columns the last, of "amount" and "total" the amount. */
    Optional<BigDecimal> taxable() {
      return last("taxable_value")
        .or(() -> {
          var totals = all("total").toList();
          return totals.size() > 1 && hasTax() ? Optional.of(totals.getFirst()) : Optional.empty();
        })
        .or(this::totalBeforeTax);
    }

    /** "GST" above amounts and not rates. */
    private Optional<BigDecimal> unnamedTax() {
      return amounts("tax")
        .findFirst()
        .or(() ->
          amounts("gst_rate")
            .filter(number -> number.compareTo(HIGHEST) > 0)
            .findFirst()
        );
    }

    private boolean hasTax() {
      return Stream.of("cgst", "sgst", "igst", "tax").anyMatch(table::has);
    }

    /** A bill whose lines have no tax has it below them, so that a line's total is before tax. */
    private Optional<BigDecimal> totalBeforeTax() {
      var total = last("total");
      if (total.isEmpty()) {
        return Optional.empty();
      }
      var quantity = quantity();
      var price = price();
      boolean isProduct =
        quantity.isPresent() &&
        price.isPresent() &&
        near(
          quantity.get().multiply(price.get()).subtract(discount().orElse(BigDecimal.ZERO)),
          total.get(),
          TOLERANCE
        );
      if (isProduct || quantity.isEmpty() || price.isEmpty()) {
        return isProduct || !hasTax() ? total : Optional.empty();
      }
      var product = quantity.get().multiply(price.get());
      boolean isTaxed = unnamedTax()
        .filter(tax -> near(product.add(tax), total.get(), TOLERANCE))
        .isPresent();
      return isTaxed ? Optional.of(product) : hasTax() ? Optional.empty() : total;
    }

    Optional<BigDecimal> total() {
      return last("total");
    }

    Optional<BigDecimal> tax(String name) {
      var typed = typed(name);
      return typed.isPresent()
        ? typed
        : amounts(name)
            .reduce(BigDecimal::add)
            .filter(tax -> !isRate(tax));
    }

    /** A column of tax with the tax's name beside it, or in it. */
    private Optional<BigDecimal> typed(String name) {
      var types = row.of("tax_type").stream().map(Cell::text).toList();
      var taxes = row.of("tax");
      return IntStream.range(0, taxes.size())
        .filter(index -> {
          var type = types.size() == taxes.size() ? types.get(index) : row.text("tax").orElse("");
          return type.toLowerCase(Locale.ROOT).contains(name);
        })
        .mapToObj(index -> taxes.get(index).plainAmount())
        .flatMap(Optional::stream)
        .reduce(BigDecimal::add);
    }

    /** A column that is called by a tax's name may have its rate: half of a legal one. */
    private boolean isRate(BigDecimal tax) {
      var whole = tax.multiply(BigDecimal.TWO);
      return (
        tax.signum() > 0 &&
        Rates.isLegal(whole) &&
        taxableOrTotal()
          .filter(value -> Rates.of(whole, value).isEmpty())
          .isPresent()
      );
    }

    private Optional<BigDecimal> taxableOrTotal() {
      return last("taxable_value").or(() -> last("total"));
    }

    private Optional<BigDecimal> rateInColumn(String name) {
      return percent(name).or(() -> all(name).findFirst().filter(this::isRate));
    }

    /** A column of tax that is not named is IGST where the row says so. */
    Optional<BigDecimal> igst() {
      return tax("igst");
    }

    Optional<BigDecimal> rate() {
      List<BigDecimal> halves = Stream.of("cgst_rate", "sgst_rate")
        .flatMap(column -> first(column).stream())
        .toList();
      if (halves.isEmpty()) {
        halves = Stream.of("cgst", "sgst")
          .flatMap(column -> rateInColumn(column).stream())
          .toList();
      }
      var whole = percent("gst_rate")
        .or(() -> percent("tax"))
        .or(() -> percent("total"));
      if (halves.size() == 2) {
        var sum = halves.get(0).add(halves.get(1));
        return Optional.of(sum.signum() == 0 ? whole.orElse(sum) : sum);
      }
      return whole.or(this::rateOfTax);
    }

    /** The numbers of a column that are rates: those with a sign of percent, where any has one. */
    private Optional<BigDecimal> percent(String column) {
      var printed = row
        .of(column)
        .stream()
        .flatMap(cell -> PERCENT.matcher(cell.text()).results())
        .map(found -> new BigDecimal(found.group(1)))
        .toList();
      if (printed.isEmpty() && column.equals("gst_rate")) {
        return all(column)
          .reduce(BigDecimal::add)
          .filter(rate -> rate.compareTo(HIGHEST) <= 0);
      }
      return printed.stream().reduce(BigDecimal::add);
    }

    private Optional<BigDecimal> rateOfTax() {
      var tax = Stream.of("cgst", "sgst", "igst", "tax")
        .flatMap(name -> tax(name).stream())
        .reduce(BigDecimal::add);
      return tax.flatMap(amount -> taxable().flatMap(value -> Rates.of(amount, value)));
    }
  }

  static boolean near(BigDecimal one, BigDecimal other, BigDecimal tolerance) {
    return one.subtract(other).abs().compareTo(tolerance) <= 0;
  }

  /** A line of a bill. */
  record Item(
    Row row,
    String description,
    Optional<String> hsn,
    Optional<BigDecimal> quantity,
    Optional<String> unit,
    Optional<BigDecimal> price,
    Optional<BigDecimal> discount,
    Optional<BigDecimal> taxable,
    Optional<BigDecimal> rate,
    Optional<BigDecimal> cgst,
    Optional<BigDecimal> sgst,
    Optional<BigDecimal> igst,
    Optional<BigDecimal> cess,
    Optional<BigDecimal> total
  ) {
    boolean isOfZeros() {
      return (
        Stream.of(taxable, total).anyMatch(Optional::isPresent) &&
        Stream.of(taxable, total)
          .flatMap(Optional::stream)
          .allMatch(amount -> amount.signum() == 0)
      );
    }

    /** Whether its count and price make its amount. */
    boolean isProven() {
      return (
        quantity.isPresent() &&
        price.isPresent() &&
        Stream.of(taxable, total)
          .flatMap(Optional::stream)
          .anyMatch(amount ->
            near(quantity.get().multiply(price.get()), amount, new BigDecimal("0.06"))
          )
      );
    }
  }

  /** The rates of GST. */
  static final class Rates {

    private static final List<BigDecimal> LEGAL = Stream.of(
      "0",
      "0.1",
      "0.25",
      "1.5",
      "3",
      "5",
      "6",
      "7.5",
      "12",
      "18",
      "28",
      "40"
    )
      .map(BigDecimal::new)
      .toList();

    private Rates() {}

    static boolean isLegal(BigDecimal rate) {
      return LEGAL.stream().anyMatch(legal -> legal.compareTo(rate) == 0);
    }

    /** The rate that makes such a tax of such a value, allowing for paise. */
    static Optional<BigDecimal> of(BigDecimal tax, BigDecimal taxable) {
      if (taxable.signum() <= 0) {
        return Optional.empty();
      }
      return LEGAL.stream()
        .filter(rate ->
          near(
            taxable.multiply(rate).divide(HUNDRED, 4, RoundingMode.HALF_UP),
            tax,
            new BigDecimal("0.03")
          )
        )
        .reduce((one, other) -> other);
    }
  }
}
