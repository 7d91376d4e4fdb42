package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Found;
import dev.billstep.offline.tables.Cell;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers of a row, told apart where a column has several, or several columns one name. */
record Numbers(Row row, Table table) {
  private static final BigDecimal HIGHEST = new BigDecimal("40");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d+)?)\\s*%");
  private static final Pattern TAX_NAME = Pattern.compile("[CSI]GST", Pattern.CASE_INSENSITIVE);
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
    if (besidePrice().isPresent()) {
      return besidePrice().map(List::getFirst);
    }
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
      Goods.near(product, amount, TOLERANCE)
    );
  }

  /** What the amount is made of; a retail price where it makes it, with tax or without. */
  Optional<BigDecimal> price() {
    return besidePrice()
      .map(List::getLast)
      .or(() -> first("unit_price"))
      .or(this::retailPrice);
  }

  /** Count and price: a heading that was not read leaves the counts to the column beside them. */
  private Optional<List<BigDecimal>> besidePrice() {
    return table.has("quantity")
      ? Optional.empty()
      : row
          .first("unit_price")
          .map(Cell::numbers)
          .filter(numbers -> numbers.size() == 2);
  }

  private Optional<BigDecimal> retailPrice() {
    return table.has("unit_price")
      ? Optional.empty()
      : first("mrp").filter(price ->
          first("quantity")
            .map(price::multiply)
            .filter(product ->
              all("gross_value", "taxable_value", "total").anyMatch(
                amount ->
                  Goods.near(product, amount, TOLERANCE) ||
                  Rates.of(amount.subtract(product), product).isPresent()
              )
            )
            .isPresent()
        );
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
      Goods.near(
        quantity.get().multiply(price.get()).subtract(discount().orElse(BigDecimal.ZERO)),
        total.get(),
        TOLERANCE
      );
    if (isProduct || quantity.isEmpty() || price.isEmpty()) {
      return isProduct || !hasTax() ? total : Optional.empty();
    }
    var product = quantity.get().multiply(price.get());
    boolean isTaxed = unnamedTax()
      .filter(tax -> Goods.near(product.add(tax), total.get(), TOLERANCE))
      .isPresent();
    return isTaxed ? Optional.of(product) : hasTax() ? Optional.empty() : total;
  }

  /** The last amount of the row: without a column of its own, and without tax, the taxable value. */
  Optional<BigDecimal> total() {
    return table.has("total") || hasTax() ? last("total") : last("taxable_value");
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
    return row
      .of("tax")
      .stream()
      .filter(tax -> type(tax).toLowerCase(Locale.ROOT).contains(name))
      .map(Cell::plainAmount)
      .flatMap(Optional::stream)
      .reduce(BigDecimal::add);
  }

  /** In its own cell, or beside it on its line. */
  private String type(Cell tax) {
    return TAX_NAME.matcher(tax.text()).find()
      ? tax.text()
      : row
          .of("tax_type")
          .stream()
          .min(
            Comparator.comparingDouble(type ->
              Math.abs(type.phrase().box().middle() - tax.phrase().box().middle())
            )
          )
          .map(Cell::text)
          .orElse(row.text("tax").orElse(""));
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
      .or(() -> percent("igst"))
      .or(() -> percent("total"));
    if (halves.size() == 2) {
      var sum = halves.get(0).add(halves.get(1));
      if (sum.compareTo(HIGHEST) > 0) {
        return rateOfTax();
      }
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
