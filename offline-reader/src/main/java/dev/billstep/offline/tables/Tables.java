package dev.billstep.offline.tables;

import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.offline.tokens.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the tables of a page whose headings are known. */
public final class Tables {

  /** Columns that must be known for lines of words to be a heading. */
  private static final int FEWEST_COLUMNS = 3;

  private static final int MOST_LINES = 5;

  /** Beside ten for a column: a line of headings that makes one of them unknown is one still. */
  private static final int A_LINE_MORE = 8;

  /** Of the text's height: a heading's lines are that close to each other. */
  private static final double HEADING_PITCH = 2.2;

  /** Of the lines' words, those that must be words of headings. */
  private static final double HEADING_SHARE = 0.6;

  /** Of the text's height: a line further below is no row's. */
  private static final double FURTHEST_TEXT = 2.2;

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
    var found = headings();
    var tables = new ArrayList<Table>();
    for (int index = 0; index < found.size(); index++) {
      int end = index + 1 < found.size() ? found.get(index + 1).firstLine() : lines.size();
      tables.add(table(found.get(index), end));
    }
    return tables;
  }

  private List<Heading> headings() {
    var found = new ArrayList<Heading>();
    int first = 0;
    while (first < lines.size()) {
      int last = lastHeadingLine(first);
      var heading = last < first ? Optional.<Heading>empty() : best(first, last);
      heading.ifPresent(found::add);
      first = heading.map(Heading::lastLine).orElse(first) + 1;
    }
    return found;
  }

  private int lastHeadingLine(int first) {
    int last = first - 1;
    while (last + 1 < lines.size() && last + 1 < first + MOST_LINES && isHeadingLine(last + 1)) {
      if (last >= first && pitch(last, last + 1) > HEADING_PITCH * lines.get(last).box().height()) {
        break;
      }
      last++;
    }
    return last;
  }

  private double pitch(int upper, int lower) {
    return lines.get(lower).box().middle() - lines.get(upper).box().middle();
  }

  private boolean isHeadingLine(int index) {
    var tokens = lines.get(index).tokens();
    long words = tokens
      .stream()
      .filter(token -> headings.isWord(token.text()))
      .count();
    boolean hasAmount = tokens.stream().anyMatch(token -> isAmount(token.text()));
    boolean hasNumber = tokens.stream().anyMatch(token -> token.text().matches("\\d+"));
    return !hasAmount && !hasNumber && words >= HEADING_SHARE * tokens.size();
  }

  /** {@code CGST@9.0} is a heading. */
  private static boolean isAmount(String text) {
    return text.matches("\\D*\\d+[.,]\\d+.*") && text.indexOf('@') < 0 && text.indexOf('%') < 0;
  }

  /** The heading with the most known columns that some of the lines make. */
  private Optional<Heading> best(int first, int last) {
    return IntStream.rangeClosed(first, last)
      .boxed()
      .flatMap(from ->
        IntStream.rangeClosed(from, last).mapToObj(to -> Heading.of(lines, from, to, headings))
      )
      .filter(Tables::isComplete)
      .max(
        Comparator.comparingInt(
          heading -> known(heading) + A_LINE_MORE * (heading.lastLine() - heading.firstLine())
        )
      );
  }

  private static int known(Heading heading) {
    var keys = new HashSet<String>();
    heading.columns().forEach(column -> keys.add(column.key()));
    keys.remove("other");
    return (
      keys.size() * 10 -
      (int) heading
        .columns()
        .stream()
        .filter(column -> column.key().equals("other"))
        .count()
    );
  }

  private static boolean isComplete(Heading heading) {
    return known(heading) >= FEWEST_COLUMNS * 10 - 5;
  }

  private Table table(Heading found, int end) {
    var heading = found.withDescription();
    var body = lines.subList(heading.lastLine() + 1, end);
    var borders = new Borders(heading.columns(), bodyTokens(heading.lastLine() + 1, end));
    var rows = new ArrayList<Row>();
    var totals = new ArrayList<Row>();
    int lastLine = heading.lastLine();
    var texts = new ArrayList<Row>();
    boolean isBelow = false;
    for (int offset = 0; offset < body.size(); offset++) {
      int index = heading.lastLine() + 1 + offset;
      if (isRateLine(index)) {
        continue;
      }
      var row = row(index, heading, borders);
      boolean isSum =
        (beginsBelow(index) && !isOfTax(row, heading)) ||
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
      lastLine = Math.max(lastLine, attach(texts, rows));
    }
    var joined = joined(rows);
    return new Table(
      heading.columns(),
      joined,
      totals,
      heading.firstLine(),
      lastLine,
      Box.around(heading.columns().stream().map(Column::box).toList())
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

  /** A summary may have a row for each tax, which has the tax's name for its own. */
  private static boolean isOfTax(Row row, Heading heading) {
    return (
      heading.columns().getFirst().key().equals("tax_type") && row.cells().containsKey("tax_type")
    );
  }

  /** A row whose amounts are the sums of those above it is a total, whatever it is called. */
  private static boolean isSumOf(Row row, List<Row> rows) {
    if (rows.size() < 2) {
      return false;
    }
    long sums = row
      .cells()
      .keySet()
      .stream()
      .filter(SUMMED::contains)
      .filter(column -> {
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
      })
      .count();
    return sums >= 2;
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

  private List<Token> bodyTokens(int first, int stop) {
    var tokens = new ArrayList<Token>();
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
      tokens.addAll(lines.get(index).tokens());
      hasRows |=
        lines
          .get(index)
          .tokens()
          .stream()
          .filter(token -> token.text().matches("\\D{0,4}[\\d,]+\\.\\d+\\D?"))
          .count() >= 1;
    }
    return tokens;
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
    return numbers <= 2;
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

  private static boolean isAnchor(Row row) {
    long numbers = row
      .cells()
      .entrySet()
      .stream()
      .filter(cell -> NUMERIC.contains(cell.getKey()))
      .filter(cell -> cell.getValue().getFirst().text().matches(".*\\d.*"))
      .count();
    boolean hasVehicle = row.cells().containsKey("vehicle") && row.cells().size() >= 3;
    return numbers >= 2 || hasVehicle;
  }

  /** As many numbers as the rows before: after a sum, only such a row goes on with the list. */
  private static boolean isFull(Row row, List<Row> rows) {
    return (
      !rows.isEmpty() &&
      row.numbers() >= 4 &&
      row.numbers() >= 0.75 * rows.stream().mapToLong(Row::numbers).average().orElse(0) &&
      row
        .cells()
        .keySet()
        .stream()
        .anyMatch(key -> key.equals("description"))
    );
  }

  /**
   * Gives lines of text to the rows whose numbers they stand above or below: parted at the widest gap
   * between two rows, or where a row's own number stands.
   */
  private int attach(List<Row> texts, List<Row> rows) {
    var anchors = List.copyOf(rows);
    int last = anchors.getLast().line();
    for (int index = 0; index <= anchors.size(); index++) {
      var above = index == 0 ? Optional.<Row>empty() : Optional.of(anchors.get(index - 1));
      var below = index == anchors.size() ? Optional.<Row>empty() : Optional.of(anchors.get(index));
      var between = texts
        .stream()
        .filter(text -> above.isEmpty() || text.line() > above.get().line())
        .filter(text -> below.isEmpty() || text.line() < below.get().line())
        .toList();
      last = Math.max(last, attach(between, above, below));
    }
    return last;
  }

  private int attach(List<Row> between, Optional<Row> above, Optional<Row> below) {
    int last = -1;
    int cut = cut(between, above, below);
    for (int index = 0; index < between.size(); index++) {
      var text = between.get(index);
      if (index < cut && above.isPresent()) {
        if (below.isEmpty() && !follows(text, index == 0 ? above.get() : between.get(index - 1))) {
          break;
        }
        above.get().take(text, false);
        last = text.line();
      }
    }
    for (int index = between.size() - 1; index >= cut && below.isPresent(); index--) {
      var next = index == between.size() - 1 ? below.get() : between.get(index + 1);
      if (above.isEmpty() && !follows(next, between.get(index))) {
        break;
      }
      below.get().take(between.get(index), true);
    }
    return last;
  }

  private boolean follows(Row lower, Row upper) {
    return (
      pitch(Math.min(lower.line(), upper.line()), Math.max(lower.line(), upper.line())) <=
      FURTHEST_TEXT * height
    );
  }

  /** How many of the texts belong to the row above. */
  private int cut(List<Row> between, Optional<Row> above, Optional<Row> below) {
    if (above.isEmpty()) {
      return 0;
    }
    if (below.isEmpty() || between.isEmpty()) {
      return between.size();
    }
    for (int index = 0; index < between.size(); index++) {
      if (between.get(index).first("number").filter(Cell::isNumber).isPresent()) {
        return index;
      }
    }
    int widest = between.size();
    double gap = 1.12 * pitch(between.getLast().line(), below.get().line());
    for (int index = between.size() - 1; index >= 0; index--) {
      int upper = index == 0 ? above.get().line() : between.get(index - 1).line();
      double here = pitch(upper, between.get(index).line());
      if (here > gap) {
        gap = here;
        widest = index;
      }
    }
    return widest;
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
      row.line() - before.line() <= 4 && pitch(before.line(), row.line()) < NEAR * height;
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
    return isNear && (isTaxAlone || hadNoAmount);
  }
}
