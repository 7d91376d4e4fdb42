package dev.billstep.offline.bills;

import dev.billstep.offline.tables.Row;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

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
          Goods.near(quantity.get().multiply(price.get()), amount, new BigDecimal("0.06"))
        )
    );
  }

  /** Whether a rate of GST makes its total of its taxable value. */
  boolean isTaxed() {
    return taxable
      .flatMap(value ->
        total
          .filter(whole -> whole.compareTo(value) > 0)
          .flatMap(whole -> Rates.of(whole.subtract(value), value))
      )
      .isPresent();
  }
}
