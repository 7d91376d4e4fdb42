package dev.billstep.offline.bills;

import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.tables.Cell;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of a bill, out of its table of goods. */
final class Goods {

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

  /**
   * Whether what is listed without a known heading are goods: count and price, or a rate of GST, make
   * the amounts of most rows, or the amounts of several make one that is printed below them.
   *
   * @param below amounts
   */
  static boolean areListed(Table table, List<BigDecimal> below) {
    var items = items(table);
    long proven = items
      .stream()
      .filter(item -> item.isProven() || item.isTaxed())
      .count();
    return (
      !items.isEmpty() &&
      (proven > items.size() / 2 || (items.size() > 1 && makesAny(items, below)))
    );
  }

  private static boolean makesAny(List<Item> items, List<BigDecimal> below) {
    return Stream.<Function<Item, Optional<BigDecimal>>>of(Item::taxable, Item::total)
      .map(amount ->
        items
          .stream()
          .flatMap(item -> amount.apply(item).stream())
          .toList()
      )
      .filter(amounts -> amounts.size() == items.size())
      .map(amounts -> amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
      .anyMatch(sum -> below.stream().anyMatch(each -> each.compareTo(sum) == 0));
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
    return wrapped(row)
      .or(() -> code)
      .or(() -> row.text("hsn_sac").filter(text -> text.matches("(?=.*\\d)[\\w/-]{2,12}")));
  }

  /** {@code 84818} above {@code 079}: a code that is longer than its column is wide. */
  private static Optional<String> wrapped(Row row) {
    var parts = row.of("hsn_sac").stream().map(Cell::text).toList();
    var whole = String.join("", parts);
    return parts.size() == 2 && whole.matches("\\d{6}|\\d{8}") && parts.getFirst().length() > 4
      ? Optional.of(whole)
      : Optional.empty();
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

  static boolean near(BigDecimal one, BigDecimal other, BigDecimal tolerance) {
    return one.subtract(other).abs().compareTo(tolerance) <= 0;
  }
}
