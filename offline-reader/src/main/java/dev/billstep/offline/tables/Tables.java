package dev.billstep.offline.tables;

import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the tables of a page whose headings are known. */
public final class Tables {

  private static final double FAR = 4;

  /** Labels that a line begins with which stands below the rows. */
  private static final Set<String> BELOW_ROWS = Set.of(
    "amount_words",
    "tax_words",
    "taxable_total",
    "gross_total",
    "cgst_total",
    "sgst_total",
    "igst_total",
    "cess_total",
    "tax_total",
    "discount",
    "charges",
    "round_off",
    "grand_total",
    "paid",
    "carried",
    "count",
    "summary"
  );

  private static final Set<String> SUMS = Set.of("taxable_total", "gross_total", "grand_total");

  private static final Pattern TOTAL = Pattern.compile(
    "(?:\\d+\\s+)?(?:grand |sub[ -]?)?total\\b\\W*(?:@.*)?|@\\s?[\\d.]+\\s?%",
    Pattern.CASE_INSENSITIVE
  );

  private final List<Line> lines;
  private final Labels labels;
  private final Headings headings;
  private final double height;

  public Tables(Sheet sheet, Labels labels, Headings headings) {
    this.lines = sheet.lines();
    this.labels = labels;
    this.headings = headings;
    this.height = sheet.height();
  }

  /** The tables from top to bottom. */
  public List<Table> all() {
    var found = new HeadingLines(lines, headings).all();
    var tables = new ArrayList<Table>();
    for (int index = 0; index < found.size(); index++) {
      int end = index + 1 < found.size() ? found.get(index + 1).firstLine() : lines.size();
      tables.add(table(found.get(index), end));
    }
    return tables;
  }

  /**
   * What is listed below a heading that is not known, or below none.
   *
   * @param known the tables whose lines it is not among
   */
  public Optional<Table> unheaded(List<Table> known) {
    return new AlignedNumbers(lines, height, headings)
      .find(
        index ->
          !beginsBelow(index) &&
          known.stream().noneMatch(table -> index >= table.firstLine() && index <= table.lastLine())
      )
      .map(heading -> table(heading, lines.size()).withoutHeading());
  }

  private double pitch(int upper, int lower) {
    return lines.get(lower).box().middle() - lines.get(upper).box().middle();
  }

  /** {@code CGST@9.0} is a heading. */
  static boolean isAmount(String text) {
    return text.matches("\\D*\\d+[.,]\\d+.*") && text.indexOf('@') < 0 && text.indexOf('%') < 0;
  }

  private Table table(Heading found, int end) {
    var upToSums = upToSums(found.lastLine() + 1, end);
    var body = lines.subList(found.lastLine() + 1, end);
    var borders = new Borders(
      found.columns(),
      upToSums
        .stream()
        .flatMap(line -> line.tokens().stream())
        .toList()
    );
    var heading = new UnknownColumns(borders, upToSums).named(found.withDescription());
    var rows = new ArrayList<Row>();
    var totals = new ArrayList<Row>();
    int lastLine = heading.lastLine();
    var texts = new ArrayList<Row>();
    boolean isBelow = false;
    for (int offset = 0; offset < body.size(); offset++) {
      int index = heading.lastLine() + 1 + offset;
      if (
        isRateLine(index) || isHeadingAgain(index) || (rows.isEmpty() && goesOn(index, heading))
      ) {
        continue;
      }
      var row = row(index, heading, borders);
      boolean isSum =
        (beginsBelow(index) &&
          !isOfTax(row, heading) &&
          !isOfDashes(row) &&
          !isOtherHalf(row, rows)) ||
        isCalledTotal(row) ||
        isCalledTax(row) ||
        isTotalOf(row, rows) ||
        isLoneSum(row, rows) ||
        isSumOf(row, rows);
      if (isSum) {
        totals.add(row);
        isBelow = true;
      } else if (isAnchor(row) && (!isBelow || isFull(row, rows))) {
        isBelow = false;
        rows.add(row);
        lastLine = index;
      } else if (!isBelow) {
        texts.add(row);
      } else if (row.numbers() == 0 && endsTable(index)) {
        break;
      }
    }
    if (!rows.isEmpty()) {
      lastLine = Math.max(lastLine, new RowTexts(lines, height).attach(texts, rows));
    }
    var joined = joined(rows);
    return new Table(
      heading.columns(),
      joined,
      totals,
      heading.firstLine(),
      lastLine,
      Box.around(heading.columns().stream().map(Column::box).toList()),
      true
    );
  }

  /** {@code 1) CGST @ 2.50%, SGST @ 2.50%}: what the lines below it have in common. */
  private boolean isRateLine(int index) {
    var text = lines.get(index).text();
    return (
      text.matches("(?i).*\\b[CSI]GST\\b.*%.*") &&
      text
        .replaceAll("\\d+(?:\\.\\d+)?\\s*%", "")
        .replaceAll("^\\W*\\d+\\W", "")
        .chars()
        .noneMatch(Character::isDigit)
    );
  }

  /** Words right below a heading, each below one of its columns: {@code Amount} and a word that is not known. */
  private boolean goesOn(int index, Heading heading) {
    return (
      index == heading.lastLine() + 1 &&
      beginsBelow(index) &&
      lines
        .get(index)
        .tokens()
        .stream()
        .noneMatch(token -> token.text().matches(".*\\d.*")) &&
      lines
        .get(index)
        .phrases()
        .stream()
        .allMatch(phrase ->
          heading
            .columns()
            .stream()
            .anyMatch(column -> column.box().sharedWidth(phrase.box()) > 0)
        )
    );
  }

  /** {@code DESCRIPTION} once more above what is sold. */
  private boolean isHeadingAgain(int index) {
    var phrases = lines.get(index).phrases();
    return (
      phrases.size() == 1 &&
      headings.key(phrases.getFirst().text()).filter("description"::equals).isPresent()
    );
  }

  /** {@code 4 Total @18%} in a column of its own: no goods are called that. */
  private static boolean isCalledTotal(Row row) {
    return (
      row.of("description").isEmpty() &&
      row
        .phrases()
        .stream()
        .anyMatch(phrase -> TOTAL.matcher(phrase.text()).matches())
    );
  }

  /** {@code GST Output - CGST 9%}: an account of taxes, and its amount without a count. */
  private static boolean isCalledTax(Row row) {
    return (
      row
        .text("description")
        .filter(text -> CALLED_TAX.matcher(text).matches())
        .isPresent() &&
      DETAILS.stream().noneMatch(column -> !column.equals("unit_price") && hasDigit(row, column))
    );
  }

  /** {@code Total diesel (18 to 22 January)}, with what the rows above it make. */
  private static boolean isTotalOf(Row row, List<Row> rows) {
    return (
      !rows.isEmpty() &&
      row.phrases().getFirst().text().matches("(?i)(?:sub[ -]?)?total\\b.*") &&
      SUMMED.stream().anyMatch(column -> isSumOf(row, rows, column))
    );
  }

  /** A summary may have a row for each tax, which has the tax's name for its own. */
  private static boolean isOfTax(Row row, Heading heading) {
    return (
      heading.columns().getFirst().key().equals("tax_type") && row.cells().containsKey("tax_type")
    );
  }

  /** {@code SGST @9% :Rs.120.00} right below {@code CGST @9% :Rs.120.00} is of the same row. */
  private boolean isOtherHalf(Row row, List<Row> rows) {
    if (rows.isEmpty() || row.of("tax").isEmpty() || !isRightBelow(row, rows.getLast())) {
      return false;
    }
    return (
      row.numbers() == 0 &&
      row
        .first("tax")
        .flatMap(Cell::plainAmount)
        .filter(half ->
          rows
            .getLast()
            .first("tax")
            .flatMap(Cell::plainAmount)
            .filter(other -> other.compareTo(half) == 0)
            .isPresent()
        )
        .isPresent()
    );
  }

  /**
   * A row whose amounts are the sums of those above it is a total, whatever it is called: two sums, or
   * one where it has nothing of what else the rows have.
   */
  private static boolean isSumOf(Row row, List<Row> rows) {
    if (rows.isEmpty()) {
      return false;
    }
    var sums = row
      .cells()
      .keySet()
      .stream()
      .filter(SUMMED::contains)
      .filter(column -> isSumOf(row, rows, column))
      .toList();
    return (
      (rows.size() > 1 && sums.size() >= 2) ||
      (sums.stream().anyMatch(AMOUNTS::contains) &&
        DETAILS.stream().anyMatch(alwaysFilled(rows)::contains) &&
        DETAILS.stream().noneMatch(column -> hasDigit(row, column)))
    );
  }

  private static final Pattern CALLED_TAX = Pattern.compile(
    "(?i).*\\b(?:[CSI]|UT)GST\\s*@?\\s*[\\d.]+\\s*%"
  );

  private static boolean hasDigit(Row row, String column) {
    return row
      .of(column)
      .stream()
      .anyMatch(cell -> cell.text().matches(".*\\d.*"));
  }

  private static final Set<String> AMOUNTS = Set.of("taxable_value", "gross_value", "total");

  /** What a row says of what is sold, and a total does not. */
  private static final Set<String> DETAILS = Set.of("hsn_sac", "quantity", "unit_price", "number");

  private static boolean isSumOf(Row row, List<Row> rows, String column) {
    var sum = rows
      .stream()
      .flatMap(each -> each.first(column).flatMap(Cell::amount).stream())
      .reduce(BigDecimal.ZERO, BigDecimal::add);
    return (
      sum.signum() != 0 &&
      row
        .first(column)
        .flatMap(Cell::amount)
        .filter(amount -> amount.compareTo(sum) == 0)
        .isPresent()
    );
  }

  private static final Set<String> SUMMED = Set.of(
    "taxable_value",
    "gross_value",
    "tax",
    "cgst",
    "sgst",
    "igst",
    "cess",
    "total"
  );

  /** Below the sums, running text ends what may belong to the table. */
  private boolean endsTable(int index) {
    return lines
      .get(index)
      .phrases()
      .stream()
      .anyMatch(phrase -> phrase.tokens().size() > 8);
  }

  private List<Line> upToSums(int first, int stop) {
    var rows = new ArrayList<Line>();
    boolean hasRows = false;
    for (int index = first; index < stop; index++) {
      if (beginsBelow(index)) {
        if (hasRows) {
          break;
        }
      }
      if (hasRows && isFarText(index)) {
        break;
      }
      rows.add(lines.get(index));
      hasRows |= hasAmounts(index);
    }
    return rows;
  }

  /** An amount with paise, or several numbers. */
  private boolean hasAmounts(int index) {
    var tokens = lines.get(index).tokens();
    return (
      tokens.stream().anyMatch(token -> token.text().matches("\\D{0,4}[\\d,]+\\.\\d+\\D?")) ||
      tokens
        .stream()
        .filter(token -> token.text().matches("\\D{0,4}\\d[\\d,]*\\D?"))
        .count() > 1
    );
  }

  /** Far below the rows, and without an amount, stands something else. */
  private boolean isFarText(int index) {
    return (
      pitch(index - 1, index) > FAR * height &&
      lines
        .get(index)
        .tokens()
        .stream()
        .noneMatch(token -> isAmount(token.text()))
    );
  }

  private Row row(int index, Heading heading, Borders borders) {
    var row = Row.of(index);
    borders
      .cells(lines.get(index).tokens())
      .forEach((column, tokens) -> row.add(heading.columns().get(column).key(), Phrase.of(tokens)));
    return row;
  }

  private boolean beginsBelow(int index) {
    var first = lines.get(index).phrases().getFirst();
    if (hasSumBeside(index)) {
      return true;
    }
    return lines
      .get(index)
      .phrases()
      .stream()
      .limit(2)
      .anyMatch(phrase ->
        labels
          .all()
          .filter(hit -> BELOW_ROWS.contains(hit.key()))
          .filter(hit -> hit.phrase().equals(phrase) && hit.from() <= 12)
          .anyMatch(
            hit ->
              isSumLabel(hit, index) && (phrase.equals(first) || hit.key().equals("grand_total"))
          )
      );
  }

  /** {@code Sub Total} and its amount at the end of a line that begins with something else. */
  private boolean hasSumBeside(int index) {
    var phrases = lines.get(index).phrases();
    return (
      phrases.size() > 1 &&
      isAmount(phrases.getLast().text()) &&
      labels
        .all()
        .filter(hit -> SUMS.contains(hit.key()) && hit.weight() > 0.5)
        .anyMatch(hit -> hit.phrase().equals(phrases.get(phrases.size() - 2)) && hit.isAlone())
    );
  }

  /** A word that is a label as well may begin what is sold: then it has a count and a price. */
  private boolean isSumLabel(LabelHit hit, int index) {
    if (
      !hit.key().equals("charges") && !hit.key().equals("discount") && !hit.key().equals("paid")
    ) {
      return hit.weight() > 0.5;
    }
    long numbers = lines
      .get(index)
      .tokens()
      .stream()
      .filter(token -> token.text().matches("\\W*(?:Rs\\.?)?\\d[\\d.,]*%?"))
      .count();
    return numbers > 0 && numbers <= 2;
  }

  /** A sum without a label stands alone below the amounts. */
  private static boolean isLoneSum(Row row, List<Row> rows) {
    return (
      !rows.isEmpty() &&
      row.cells().size() == 1 &&
      row.numbers() == 1 &&
      row
        .cells()
        .keySet()
        .stream()
        .allMatch(key -> key.equals("total") || key.equals("taxable_value")) &&
      row.phrases().getFirst().text().matches(".*\\d[.,]\\d{2}\\D*")
    );
  }

  private static final Set<String> NUMERIC = Set.of(
    "quantity",
    "other_quantity",
    "unit_price",
    "mrp",
    "discount",
    "gross_value",
    "taxable_value",
    "gst_rate",
    "tax",
    "cgst_rate",
    "cgst",
    "sgst_rate",
    "sgst",
    "igst",
    "cess_rate",
    "cess",
    "charges",
    "total",
    "other",
    "tax_rates"
  );

  private static final Set<String> TAXES = Set.of(
    "gst_rate",
    "tax_type",
    "tax",
    "cgst_rate",
    "cgst",
    "sgst_rate",
    "sgst",
    "igst",
    "cess_rate",
    "cess",
    // A code or a name may go on beside the second tax.
    "description",
    "hsn_sac"
  );

  /** Of the text's height: a line of a tax alone is that close to the row that it belongs to. */
  private static final double NEAR = 2.6;

  private static Set<String> alwaysFilled(List<Row> rows) {
    var filled = new HashSet<>(rows.getFirst().cells().keySet());
    rows.forEach(row -> filled.retainAll(row.cells().keySet()));
    filled.add("description");
    // Where a number is missing or is taken for a part of a text, the row is one still.
    filled.remove("number");
    return filled;
  }

  private static boolean isAnchor(Row row) {
    long numbers = row
      .cells()
      .entrySet()
      .stream()
      .filter(cell -> NUMERIC.contains(cell.getKey()))
      .filter(cell -> cell.getValue().getFirst().text().matches(".*\\d.*"))
      .filter(cell -> !cell.getValue().getFirst().text().matches("\\D*[\\d.]+\\s?%"))
      .count();
    if (numbers == 1 && (isOfDashes(row) || isOfCode(row))) {
      return true;
    }
    boolean hasVehicle = row.cells().containsKey("vehicle") && row.cells().size() >= 3;
    return numbers >= 2 || hasVehicle;
  }

  /** A service that is charged for has a code and an amount, and no count. */
  private static boolean isOfCode(Row row) {
    return (
      row.cells().containsKey("description") &&
      row
        .first("hsn_sac")
        .filter(cell -> cell.text().matches("\\d{6}|\\d{8}"))
        .isPresent() &&
      AMOUNTS.stream()
        .flatMap(column -> row.first(column).stream())
        .anyMatch(Cell::isNumber)
    );
  }

  /** {@code Nuts & bolts   -   -   250.00}: an amount, and dashes for count and price. */
  private static boolean isOfDashes(Row row) {
    return (
      row.cells().containsKey("description") &&
      (row.cells().containsKey("total") || row.cells().containsKey("taxable_value")) &&
      Stream.of("quantity", "unit_price").allMatch(column ->
        row
          .text(column)
          .filter(text -> text.matches("[-–—]"))
          .isPresent()
      )
    );
  }

  /** As many numbers as the rows before: after a sum, only such a row goes on with the list. */
  private static boolean isFull(Row row, List<Row> rows) {
    return (
      !rows.isEmpty() &&
      row.numbers() >= 4 &&
      row.numbers() >= 0.75 * rows.stream().mapToLong(Row::numbers).average().orElse(0) &&
      row.cells().keySet().containsAll(alwaysFilled(rows))
    );
  }

  /** A line with a tax alone, or with a second count, goes with the row before it. */
  private List<Row> joined(List<Row> rows) {
    var joined = new ArrayList<Row>();
    for (var row : rows) {
      if (!joined.isEmpty() && isPart(row, joined.getLast())) {
        joined.getLast().take(row, false);
      } else {
        joined.add(row);
      }
    }
    return joined;
  }

  private boolean isPart(Row row, Row before) {
    boolean isNear =
      (row.line() - before.line() <= 4 && pitch(before.line(), row.line()) < NEAR * height) ||
      isRightBelow(row, before);
    boolean isTaxAlone = row
      .cells()
      .entrySet()
      .stream()
      .filter(cell -> cell.getValue().getFirst().text().matches(".*\\d.*"))
      .map(Map.Entry::getKey)
      .allMatch(TAXES::contains);
    boolean hadNoAmount =
      !before.cells().containsKey("total") &&
      !before.cells().containsKey("taxable_value") &&
      !before.cells().containsKey("gross_value") &&
      !before.cells().containsKey("vehicle");
    boolean isAmountAlone =
      hadNoAmount &&
      !row.cells().containsKey("description") &&
      !row.cells().containsKey("number") &&
      pitch(before.line(), row.line()) < FAR * height;
    return (isNear && (isTaxAlone || hadNoAmount)) || isAmountAlone;
  }

  /** The text of a row may be higher than its numbers: a tax follows the text. */
  private boolean isRightBelow(Row row, Row before) {
    return row.box().top() - before.box().bottom() < height;
  }
}
