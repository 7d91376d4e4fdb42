package dev.billstep.offline.bills;

import dev.billstep.offline.bills.Sum.Role;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.relations.Owned;
import dev.billstep.offline.relations.Relations;
import dev.billstep.offline.tables.Cell;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Amounts of a page that may be a bill's totals: those with labels, in rows of totals, and sums. */
final class Sums {

  private static final Map<String, Role> ROLES = Map.ofEntries(
    Map.entry("taxable_total", Role.TAXABLE),
    Map.entry("gross_total", Role.TAXABLE),
    Map.entry("cgst_total", Role.CGST),
    Map.entry("sgst_total", Role.SGST),
    Map.entry("igst_total", Role.IGST),
    Map.entry("cess_total", Role.CESS),
    Map.entry("tax_total", Role.TAX),
    Map.entry("discount", Role.DISCOUNT),
    Map.entry("charges", Role.CHARGES),
    Map.entry("round_off", Role.ROUND_OFF),
    Map.entry("grand_total", Role.GRAND)
  );
  private static final Map<String, Role> COLUMN_ROLES = Map.of(
    "taxable_value",
    Role.TAXABLE,
    "cgst",
    Role.CGST,
    "sgst",
    Role.SGST,
    "igst",
    Role.IGST,
    "cess",
    Role.CESS,
    "total",
    Role.GRAND
  );

  private static final double IN_TOTALS_ROW = 0.85;
  private static final double BESIDE_TOTAL = 0.7;
  private static final double IN_SUMMARY = 0.7;
  private static final double LONE = 0.6;
  private static final double SAID = 0.5;
  private static final double COMPUTED = 0.45;

  /** What is left of an amount's score where its first digit is taken for the rupee's sign. */
  private static final double TAKEN_FOR_SIGN = 0.5;

  private static final Pattern SIGN_LIKE = Pattern.compile("[1-9][1-9][\\d,]*\\.\\d{2}");

  private final Sheet sheet;
  private final Relations relations;
  private final List<Table> tables;
  private final Optional<Table> goods;

  Sums(Sheet sheet, Relations relations, List<Table> tables, Optional<Table> goods) {
    this.sheet = sheet;
    this.relations = relations;
    this.tables = tables;
    this.goods = goods;
  }

  /** Everything that may be a total of a page with these lines and this total in words, with how plainly it is. */
  List<Sum> with(List<Item> items, Optional<BigDecimal> words) {
    var sums = new ArrayList<Sum>();
    addLabelled(sums);
    addUnlabelled(words, sums);
    goods.ifPresent(table -> addTotalsRows(table, IN_TOTALS_ROW, sums));
    for (var summary : Goods.summaries(tables, goods)) {
      addTotalsRows(summary, IN_SUMMARY, sums);
      addSumsOfColumns(summary, sums);
      addTaxesByRow(summary, sums);
    }
    addSumsOfItems(items, sums);
    if (sheet.isRecognised()) {
      addWithoutSign(sums);
    }
    return sums;
  }

  /** OCR that does not know the rupee's sign takes it for a digit: the amount is what is behind it. */
  private static void addWithoutSign(List<Sum> sums) {
    for (var sum : List.copyOf(sums)) {
      sum
        .words()
        .map(Phrase::text)
        .filter(text -> SIGN_LIKE.matcher(text).matches())
        .flatMap(text -> Amounts.alone(text.substring(1)))
        .ifPresent(value ->
          sums.add(
            Sum.printed(sum.role(), value, sum.words().orElseThrow(), TAKEN_FOR_SIGN * sum.score())
          )
        );
    }
  }

  private void addLabelled(List<Sum> sums) {
    double from = goods.map(table -> table.heading().top()).orElse(0.0);
    var inRows = goods
      .map(table ->
        table
          .rows()
          .stream()
          .flatMap(row -> sheet.within(row.box()))
          .flatMap(line -> line.phrases().stream())
          .toList()
      )
      .orElse(List.of());
    var inSummaries = Goods.summaries(tables, goods)
      .stream()
      .flatMap(table -> table.rows().stream())
      .flatMap(row -> row.phrases().stream())
      .flatMap(phrase -> sheet.phrases().filter(each -> each.tokens().containsAll(phrase.tokens())))
      .toList();
    var multiple = goods
      .map(table ->
        table
          .totals()
          .stream()
          .filter(row -> sumsOf(row) > 1)
          .flatMap(row -> sheet.lines().get(row.line()).phrases().stream())
          .toList()
      )
      .orElse(List.of());
    var candidates = Candidate.on(sheet, Amounts::in)
      .stream()
      .filter(candidate -> !inRows.contains(candidate.phrase()))
      .filter(candidate -> !multiple.contains(candidate.phrase()))
      .filter(candidate -> !inSummaries.contains(candidate.phrase()))
      .filter(candidate -> !isCount(candidate) && !isBase(candidate))
      .toList();
    var labelled = relations.owned(candidates);
    addTaxesOfSeveralRates(labelled, sums);
    for (var owned : labelled) {
      var role = ROLES.get(owned.label().key());
      if (role != null) {
        double place = owned.candidate().box().top() >= from ? 1 : 0.75;
        double form =
          Amounts.hasDecimals(owned.candidate().text()) ||
          owned.candidate().text().indexOf('₹') >= 0
            ? 1
            : 0.8;
        double kind = owned.label().key().equals("gross_total") ? 0.4 : 1;
        sums.add(
          Sum.printed(
            role,
            owned.value(),
            owned.candidate().words(),
            owned.score() * place * form * kind
          )
        );
      }
    }
  }

  /** Amounts below the heading of the goods, whatever stands beside them: the words may say one. */
  private void addUnlabelled(Optional<BigDecimal> words, List<Sum> sums) {
    double from = goods.map(table -> table.heading().bottom()).orElse(0.0);
    for (var candidate : Candidate.on(sheet, Amounts::in)) {
      if (candidate.box().top() >= from && Amounts.hasDecimals(candidate.text())) {
        sums.add(Sum.printed(Role.ANY, candidate.value(), candidate.words(), 0));
        if (words.filter(said -> said.compareTo(candidate.value()) == 0).isPresent()) {
          sums.add(Sum.printed(Role.GRAND, candidate.value(), candidate.words(), SAID));
        }
      }
    }
  }

  /** {@code CGST @ 2.5%}, {@code CGST @ 9%}: the tax is what they make together. */
  private static void addTaxesOfSeveralRates(List<Owned<BigDecimal>> labelled, List<Sum> sums) {
    for (var role : List.of(Role.CGST, Role.SGST, Role.IGST)) {
      var ofRates = labelled
        .stream()
        .filter(owned -> ROLES.get(owned.label().key()) == role)
        .filter(owned -> owned.label().phrase().text().indexOf('%') >= 0)
        .toList();
      if (ofRates.size() > 1) {
        sums.add(
          Sum.computed(
            role,
            ofRates.stream().map(Owned::value).reduce(BigDecimal.ZERO, BigDecimal::add),
            ofRates.stream().mapToDouble(Owned::score).min().orElse(0)
          )
        );
      }
    }
  }

  /** {@code 50 NOS}: a number with a unit behind it. */
  private static boolean isCount(Candidate<BigDecimal> candidate) {
    var behind = candidate.phrase().text().substring(candidate.to());
    return (
      !Amounts.hasDecimals(candidate.text()) &&
      behind.matches("\\s+(?!(?i:only|cr|dr|inr|rs|rupees)\\b)\\p{L}.*")
    );
  }

  /** {@code CGST 14% on 20,000.00}: what a tax is worked out of. */
  private static boolean isBase(Candidate<BigDecimal> candidate) {
    return candidate
      .phrase()
      .text()
      .substring(0, candidate.from())
      .matches("(?i).*%\\s*(?:on|of)\\s*");
  }

  private static void addTotalsRows(Table table, double score, List<Sum> sums) {
    for (var row : table.totals()) {
      boolean isLone = row.cells().size() == 1;
      row.cells().forEach((column, cells) -> {
        var role = COLUMN_ROLES.get(column);
        if (role == null || !isSum(column, cells.getLast())) {
          return;
        }
        var cell = cells.getLast();
        if (isLone) {
          sums.add(Sum.printed(Role.TAXABLE, cell.amount().orElseThrow(), cell.phrase(), LONE));
        } else if (isTotalsRow(row)) {
          sums.add(Sum.printed(role, cell.amount().orElseThrow(), cell.phrase(), score));
        } else if (
          role == Role.GRAND &&
          row
            .text("description")
            .or(() -> row.text("number"))
            .or(() -> row.text("quantity"))
            .filter(text -> text.matches("(?i)\\W*total\\b.*"))
            .isPresent()
        ) {
          sums.add(Sum.printed(role, cell.amount().orElseThrow(), cell.phrase(), BESIDE_TOTAL));
        }
      });
      row
        .first("tax")
        .filter(cell -> isTotalsRow(row))
        .flatMap(cell ->
          cell.amount().map(value -> Sum.printed(Role.TAX, value, cell.phrase(), score))
        )
        .ifPresent(sums::add);
    }
  }

  /** "Total" and sums of several columns, or of one beside nothing but a count. */
  private static boolean isTotalsRow(Row row) {
    return sumsOf(row) > 1 || row.first("tax").flatMap(Cell::amount).isPresent();
  }

  private static long sumsOf(Row row) {
    return row
      .cells()
      .entrySet()
      .stream()
      .filter(cells -> COLUMN_ROLES.containsKey(cells.getKey()))
      .filter(cells -> isSum(cells.getKey(), cells.getValue().getLast()))
      .count();
  }

  /** {@code CGST9 (9%)} is a name: only beside a total there are words. */
  private static boolean isSum(String column, Cell cell) {
    return cell.amount().isPresent() && (cell.isNumber() || column.equals("total"));
  }

  private static void addSumsOfColumns(Table summary, List<Sum> sums) {
    COLUMN_ROLES.forEach((column, role) -> {
      if (summary.has(column)) {
        var cells = summary
          .rows()
          .stream()
          .flatMap(row -> row.first(column).stream())
          .toList();
        if (cells.size() == 1) {
          cells
            .getFirst()
            .amount()
            .ifPresent(value ->
              sums.add(Sum.printed(role, value, cells.getFirst().phrase(), IN_SUMMARY))
            );
        } else if (cells.size() > 1) {
          sums.add(
            Sum.computed(
              role,
              cells
                .stream()
                .flatMap(cell -> cell.amount().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add),
              COMPUTED
            )
          );
        }
      }
    });
  }

  /** A summary with a row for each tax. */
  private static void addTaxesByRow(Table summary, List<Sum> sums) {
    for (var row : summary.rows()) {
      var type = row.text("tax_type").orElse("").toLowerCase(Locale.ROOT);
      Stream.of(Role.CGST, Role.SGST, Role.IGST)
        .filter(role -> type.contains(role.name().toLowerCase(Locale.ROOT)))
        .forEach(role ->
          row
            .first("tax")
            .flatMap(cell ->
              cell.amount().map(value -> Sum.printed(role, value, cell.phrase(), IN_SUMMARY))
            )
            .ifPresent(sums::add)
        );
    }
  }

  private static void addSumsOfItems(List<Item> items, List<Sum> sums) {
    addSum(items, Item::taxable, Role.TAXABLE, sums);
    addSum(items, Item::cgst, Role.CGST, sums);
    addSum(items, Item::sgst, Role.SGST, sums);
    addSum(items, Item::igst, Role.IGST, sums);
    if (items.stream().noneMatch(item -> item.taxable().isPresent())) {
      addSum(items, Item::total, Role.TAXABLE, sums);
    }
    addTaxOfNoName(items, sums);
  }

  private static void addSum(
    List<Item> items,
    Function<Item, Optional<BigDecimal>> amount,
    Role role,
    List<Sum> sums
  ) {
    var amounts = items
      .stream()
      .flatMap(item -> amount.apply(item).stream())
      .toList();
    if (!amounts.isEmpty() && amounts.size() == items.size()) {
      sums.add(
        Sum.computed(role, amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), COMPUTED)
      );
    }
  }

  private static void addTaxOfNoName(List<Item> items, List<Sum> sums) {
    boolean isIntegrated = items
      .stream()
      .anyMatch(item -> item.igst().isPresent() && item.row().first("tax").isPresent());
    if (isIntegrated) {
      sums
        .stream()
        .filter(sum -> sum.role() == Role.TAX)
        .toList()
        .forEach(sum -> sums.add(new Sum(Role.IGST, sum.value(), sum.words(), sum.score())));
    }
  }
}
