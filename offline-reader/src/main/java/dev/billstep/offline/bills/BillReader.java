package dev.billstep.offline.bills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.Goods.Item;
import dev.billstep.offline.bills.Sum.Role;
import dev.billstep.offline.classes.Titles;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Form;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.LabelHit;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.relations.Owned;
import dev.billstep.offline.tables.Cell;
import dev.billstep.offline.tables.Headings;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import dev.billstep.offline.tables.Tables;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.reading.Gstin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a bill. */
public final class BillReader {

  static final Headings COLUMNS = Headings.load("columns.tsv");

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

  /** A label that others use as well: what it tells is to be looked at. */
  private static final double TELLING = 0.45;

  private static final double IN_TOTALS_ROW = 0.85;
  private static final double BESIDE_TOTAL = 0.7;
  private static final double IN_SUMMARY = 0.7;
  private static final double LONE = 0.6;
  private static final double COMPUTED = 0.45;

  /** What is left of an amount's score where its first digit is taken for the rupee's sign. */
  private static final double TAKEN_FOR_SIGN = 0.5;

  private static final Pattern SIGN_LIKE = Pattern.compile("[1-9][1-9][\\d,]*\\.\\d{2}");

  private static final Pattern CONTINUED = Pattern.compile(
    "\\bcontinued\\b|\\bcontd\\b|\\b(?:carried|brought) (?:forward|over)\\b|\\bpage\\s*:?\\s*(?:no\\.?\\s*)?(?:[2-9]|1\\d)\\b|\\bpage 1 of (?:[2-9]|1\\d)\\b|\\b1 ?/ ?[2-9] pages?\\b",
    Pattern.CASE_INSENSITIVE
  );

  private static final double MARGIN_OF_TOTALS = 0.25;
  private static final double MARGIN_OF_PARTIES = 0.25;

  private final Sheet sheet;
  private final Labels labels;
  private final List<Table> tables;
  private final Optional<Table> goods;
  private final Header header;
  private final Draft draft;
  private final Supplier<ObjectNode> blankLine;

  private BillReader(Sheet sheet, ObjectNode blank, Supplier<ObjectNode> blankLine) {
    var everywhere = Labels.on(sheet);
    this.sheet = sheet;
    this.tables = new Tables(sheet, everywhere, COLUMNS).all();
    this.goods = Goods.table(tables);
    this.labels = everywhere.without(hit -> isInTable(hit.phrase()));
    this.header = new Header(sheet, labels);
    this.draft = new Draft(blank);
    this.blankLine = blankLine;
  }

  /**
   * Reads a page.
   *
   * @param blank fields of the schema, with nothing in them
   * @param blankLine makes a line of it, with nothing in it
   */
  public static Draft read(Sheet sheet, ObjectNode blank, Supplier<ObjectNode> blankLine) {
    return new BillReader(sheet, blank, blankLine).read();
  }

  private boolean isInTable(Phrase phrase) {
    return (
      tables.stream().anyMatch(table -> isInHeading(phrase, table)) ||
      goods.filter(table -> isInRows(phrase, table)).isPresent()
    );
  }

  private boolean isInHeading(Phrase phrase, Table table) {
    return (
      phrase.box().sharedHeight(table.heading()) > 0.5 * phrase.box().height() &&
      phrase.box().sharedWidth(table.heading()) > 0
    );
  }

  private boolean isInRows(Phrase phrase, Table table) {
    return lines(table.rows()).anyMatch(line -> line.phrases().contains(phrase));
  }

  private Stream<Line> lines(List<Row> rows) {
    return rows.stream().flatMap(row -> {
      var box = row.box();
      return sheet
        .lines()
        .stream()
        .filter(line -> line.box().middle() >= box.top() && line.box().middle() <= box.bottom());
    });
  }

  private Draft read() {
    readTitle();
    readNumberAndDate();
    readParties();
    readOthers();
    var items = goods.map(Goods::items).orElse(List.of());
    readTotals(items);
    readItems(items);
    doubtLines(items);
    doubtContinuation();
    draft.doubtUncertain("/invoice_number", "/invoice_date");
    return draft;
  }

  private void doubtLines(List<Item> items) {
    var taxable = draft.fields().path("taxable_total");
    var grand = draft.fields().path("grand_total");
    boolean addUp = Stream.of(taxable, grand)
      .filter(JsonNode::isNumber)
      .map(JsonNode::decimalValue)
      .anyMatch(total -> isSum(items, Item::taxable, total) || isSum(items, Item::total, total));
    if (!addUp) {
      draft.doubt(
        "lines.unproved",
        "/line_items",
        items.isEmpty() ? "No lines were found." : "The lines do not make the totals."
      );
    }
  }

  private static boolean isSum(
    List<Item> items,
    Function<Item, Optional<BigDecimal>> amount,
    BigDecimal total
  ) {
    var amounts = items
      .stream()
      .flatMap(item -> amount.apply(item).stream())
      .toList();
    return (
      !amounts.isEmpty() &&
      Goods.near(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), total, BigDecimal.ONE)
    );
  }

  /** A page that goes on, or is gone on with, has not all of its bill. */
  private void doubtContinuation() {
    boolean goesOn =
      labels.of("carried").findAny().isPresent() ||
      sheet.phrases().anyMatch(phrase -> CONTINUED.matcher(phrase.text()).find());
    if (goesOn) {
      draft.doubt("page.continuation", "", "The bill goes over several pages.");
    }
  }

  private void readTitle() {
    new Titles(sheet)
      .best()
      .filter(title -> title.isBill())
      .ifPresent(title -> draft.put("/document_title", title.text(), title.phrase()));
  }

  private void readNumberAndDate() {
    header.number("number").ifPresent(number -> {
      draft.put("/invoice_number", number.value(), number.candidate().words());
      if (number.score() < TELLING) {
        draft.doubt(
          "number.unlabelled",
          "/invoice_number",
          "Its label is not a bill number's: \"%s\".".formatted(
            number.label().phrase().part(number.label().from(), number.label().to()).text()
          )
        );
      }
    });
    header
      .number("number")
      .flatMap(header::rivalOf)
      .ifPresent(rival ->
        draft.doubt(
          "number.ambiguous",
          "/invoice_number",
          "\"%s\" could be it as well.".formatted(rival.candidate().text())
        )
      );
    header.date("date").ifPresent(date -> {
      header
        .rivalOfDate(date)
        .ifPresent(rival ->
          draft.doubt(
            "date.ambiguous",
            "/invoice_date",
            "\"%s\" could be it as well.".formatted(rival.candidate().text())
          )
        );
      if (date.score() < TELLING) {
        draft.doubt(
          "date.unlabelled",
          "/invoice_date",
          "Its label stands beside another document's number."
        );
      }
      draft.put("/invoice_date", date.value().date().toString(), date.candidate().words());
      if (date.value().monthFirst()) {
        draft.doubt(
          "date.ambiguous",
          "/invoice_date",
          "\"%s\" is a date only with its month first.".formatted(date.candidate().text())
        );
      }
    });
  }

  private void readParties() {
    double goodsEnd = goods
      .map(table -> sheet.lines().get(table.lastLine()).box().bottom())
      .or(() ->
        labels
          .of("grand_total")
          .map(hit -> hit.box().bottom())
          .max(Double::compare)
      )
      .orElse(sheet.bottom());
    var parties = new Parties(sheet, labels, goodsEnd);
    var choice = parties.choose();
    choice.seller().ifPresent(claim -> readParty("/seller", claim));
    choice.buyer().ifPresent(claim -> readParty("/buyer", claim));
    if (choice.margin() < MARGIN_OF_PARTIES) {
      draft.doubt(
        "party.ambiguous",
        "/seller/gstin",
        "Which GSTIN is the seller's and which the buyer's is not plain."
      );
    }
    if (choice.buyer().isEmpty() && parties.hasOther(choice)) {
      draft.doubt("gstin.unassigned", "/buyer/gstin", "Another GSTIN stands among the parties.");
    }
    var names = new Names(sheet, labels);
    Stream.concat(
      Stream.of(names.of("seller")),
      Stream.<Supplier<Optional<Phrase>>>of(names::ofLetterhead).map(Supplier::get)
    )
      .flatMap(Optional::stream)
      .findFirst()
      .ifPresent(name -> draft.put("/seller/name", PrintedText.spaced(name.text()), name));
    choice
      .buyer()
      .flatMap(Parties.Claim::heading)
      .filter(heading -> heading.key().equals("buyer"))
      .flatMap(names::at)
      .or(() -> names.of("buyer"))
      .ifPresent(name -> draft.put("/buyer/name", PrintedText.spaced(name.text()), name));
  }

  private void readParty(String path, Parties.Claim claim) {
    var printed = claim.found().value();
    draft.put(path + "/gstin", printed.number(), claim.found().words());
    if (printed.isValid()) {
      draft.infer(path + "/state_code", Gstin.stateCode(printed.number()));
    }
    // A text layer has no letters that were misread: there, somebody has mistyped it.
    if (
      printed.evidence() == Gstins.Evidence.AMBIGUOUS ||
      (printed.evidence() == Gstins.Evidence.REPAIRED && !sheet.isRecognised())
    ) {
      draft.doubt(
        "gstin.repaired",
        path + "/gstin",
        "\"%s\" is read as %s, and could be another.".formatted(
          claim.found().text(),
          printed.number()
        )
      );
    }
  }

  private void readOthers() {
    header
      .text("place_of_supply")
      .flatMap(place -> place(place))
      .ifPresent(place -> draft.put("/place_of_supply", place.value(), place.words()));
    header
      .text("reverse_charge")
      .ifPresent(answer ->
        yesOrNo(answer.value()).ifPresent(value ->
          draft.put("/reverse_charge", value, answer.words())
        )
      );
    single("irn", Identifiers::irns).ifPresent(irn -> draft.put("/irn", irn.value(), irn.words()));
    header
      .number("ack_number")
      .ifPresent(number -> draft.put("/ack_number", number.value(), number.candidate().words()));
    header
      .date("ack_date")
      .ifPresent(date ->
        draft.put("/ack_date", date.value().date().toString(), date.candidate().words())
      );
    header
      .relations()
      .owned(Candidate.on(sheet, Identifiers::twelveDigits))
      .stream()
      .filter(owned -> owned.label().key().equals("ewb_number"))
      .findFirst()
      .ifPresent(number ->
        draft.put("/eway_bill_number", number.value(), number.candidate().words())
      );
  }

  private Optional<Candidate<String>> single(String key, Form<String> form) {
    return labels.of(key).findAny().isEmpty()
      ? Optional.empty()
      : Candidate.on(sheet, form).stream().findFirst();
  }

  /** {@code 33-Tamil Nadu}, {@code Tamil Nadu (33)} and the like. */
  private static Optional<Candidate<String>> place(Candidate<String> text) {
    var place = text
      .value()
      .replaceFirst("^\\W*\\d{1,2}\\s*[-–:]?\\s*", "")
      .replaceFirst("[^\\p{L}& ].*$", "")
      .strip();
    return place.length() < 2 ? Optional.empty() : Optional.of(text.as(place));
  }

  private static Optional<Boolean> yesOrNo(String text) {
    var letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (letters.startsWith("no") || letters.equals("n")) {
      return Optional.of(false);
    }
    return letters.startsWith("yes") || letters.equals("y") ? Optional.of(true) : Optional.empty();
  }

  private void readTotals(List<Item> items) {
    var words = words();
    var totals = new Totals(sums(items), words.map(Candidate::value));
    var choice = totals.choose();
    choice.grand().ifPresent(sum -> put("/grand_total", sum));
    choice.taxable().ifPresent(sum -> put("/taxable_total", sum));
    var tax = choice.tax();
    tax
      .cgst()
      .or(() -> zero(totals, Role.CGST))
      .ifPresent(sum -> put("/cgst_total", sum));
    tax
      .sgst()
      .or(() -> zero(totals, Role.SGST))
      .ifPresent(sum -> put("/sgst_total", sum));
    tax
      .igst()
      .or(() -> zero(totals, Role.IGST))
      .ifPresent(sum -> put("/igst_total", sum));
    totals
      .plain(Role.CESS)
      .filter(sum -> sum.value().compareTo(choice.extras().cess()) == 0)
      .ifPresent(sum -> put("/cess_total", sum));
    totals.rounding(choice).ifPresent(sum -> put("/round_off", sum));
    words.ifPresent(found -> draft.put("/amount_in_words", found.text().strip(), found.words()));
    doubtTotals(choice, words);
  }

  /** A tax that is printed as nothing. */
  private static Optional<Sum> zero(Totals totals, Role role) {
    return totals.plain(role).filter(sum -> sum.value().signum() == 0 && sum.words().isPresent());
  }

  private void doubtTotals(Totals.Choice choice, Optional<Candidate<BigDecimal>> words) {
    if (choice.grand().isEmpty()) {
      return; // A total that is missing is a finding of its own.
    }
    if (!choice.isProven()) {
      draft.doubt(
        "total.unproved",
        "/grand_total",
        "Nothing else on the page adds up to it, and no words say it."
      );
    }
    if (words.isPresent() && !choice.saysWords()) {
      draft.doubt(
        "total.words_mismatch",
        "/grand_total",
        "The amount in words is %s.".formatted(words.get().value().toPlainString())
      );
    }
    if (choice.margin() < MARGIN_OF_TOTALS && !choice.saysWords()) {
      draft.doubt("total.ambiguous", "/grand_total", "Another amount could be it as well.");
    }
  }

  private void put(String path, Sum sum) {
    sum
      .words()
      .ifPresentOrElse(
        words -> draft.put(path, sum.value(), words),
        () -> draft.infer(path, sum.value())
      );
  }

  private Optional<Candidate<BigDecimal>> words() {
    return Stream.concat(
      labels.of("amount_words").flatMap(hit -> wordsAt(hit).stream()),
      sheet
        .phrases()
        .filter(phrase -> phrase.text().matches("(?i).*\\b(?:rupees?|only)\\b.*|(?i).*only[.)]?$"))
        .filter(phrase ->
          labels
            .of("tax_words")
            .noneMatch(hit -> hit.phrase().equals(phrase) || isRightAfter(hit, phrase))
        )
        .flatMap(phrase -> spoken(phrase, 0).stream())
    ).findFirst();
  }

  private static boolean isRightAfter(LabelHit hit, Phrase phrase) {
    return (
      hit.box().sharedHeight(phrase.box()) > 0.5 * phrase.box().height() ||
      (phrase.box().top() - hit.box().bottom() < 1.5 * hit.box().height() &&
        phrase.box().top() > hit.box().middle())
    );
  }

  /** In the label's phrase, beside it, or below it, and on the line after where they go on there. */
  private Optional<Candidate<BigDecimal>> wordsAt(LabelHit hit) {
    var within = hit.rest().isBlank()
      ? Optional.<Candidate<BigDecimal>>empty()
      : spoken(hit.phrase(), hit.to());
    return within
      .or(() ->
        sheet
          .phrases()
          .filter(phrase -> phrase.box().left() > hit.box().right() - 1)
          .filter(phrase -> phrase.box().sharedHeight(hit.box()) > 0.4 * hit.box().height())
          .flatMap(phrase -> spoken(phrase, 0).stream())
          .findFirst()
      )
      .or(() ->
        sheet
          .phrases()
          .filter(phrase -> phrase.box().top() > hit.box().middle())
          .filter(phrase -> phrase.box().top() - hit.box().bottom() < 2 * hit.box().height())
          .filter(phrase -> phrase.box().sharedWidth(hit.box()) > 0)
          .flatMap(phrase -> spoken(phrase, 0).stream())
          .findFirst()
      );
  }

  private Optional<Candidate<BigDecimal>> spoken(Phrase phrase, int from) {
    var text = phrase.text().substring(from);
    var whole = goesOn(text) ? text + " " + nextLine(phrase).map(Phrase::text).orElse("") : text;
    return AmountInWords.of(whole).map(value ->
      new Candidate<>(
        value,
        phrase,
        from,
        phrase.text().length(),
        from < phrase.text().length() ? phrase.part(from, phrase.text().length()) : phrase
      )
    );
  }

  private static boolean goesOn(String text) {
    return !text.toLowerCase(Locale.ROOT).contains("only");
  }

  private Optional<Phrase> nextLine(Phrase phrase) {
    return sheet
      .phrases()
      .filter(next -> next.box().top() > phrase.box().middle())
      .filter(next -> next.box().top() - phrase.box().bottom() < 1.2 * phrase.box().height())
      .filter(next -> next.box().sharedWidth(phrase.box()) > 0)
      .filter(
        next ->
          AmountInWords.of(next.text()).isPresent() ||
          next.text().toLowerCase(Locale.ROOT).startsWith("only")
      )
      .findFirst();
  }

  /** Everything that may be a total, with how plainly it is. */
  private List<Sum> sums(List<Item> items) {
    var sums = new ArrayList<Sum>();
    addLabelled(sums);
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
        lines(table.rows())
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
      .filter(candidate -> !isCount(candidate))
      .toList();
    var labelled = header.relations().owned(candidates);
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

  private static void addTotalsRows(Table table, double score, List<Sum> sums) {
    for (var row : table.totals()) {
      boolean isLone = row.cells().size() == 1;
      row.cells().forEach((column, cells) -> {
        var role = COLUMN_ROLES.get(column);
        if (
          role == null ||
          cells.getLast().amount().isEmpty() ||
          !(cells.getLast().isNumber() || column.equals("total"))
        ) {
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
      .filter(cells -> cells.getValue().getLast().amount().isPresent())
      .count();
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

  private void readItems(List<Item> items) {
    var hsnOfPage = header
      .text("page_hsn")
      .flatMap(text -> Identifiers.hsnCodes(text.value()).stream().findFirst())
      .map(found -> found.value());
    var rateOfPage = rateOfPage();
    for (int index = 0; index < items.size(); index++) {
      var item = items.get(index);
      var path = "/line_items/" + index;
      var line = blankLine.get();
      draft.fields().withArray("/line_items").add(line);
      if (!item.description().isBlank()) {
        line.put("description", item.description());
      }
      item
        .hsn()
        .or(() -> hsnOfPage)
        .ifPresent(hsn -> line.put("hsn_sac", hsn));
      item.unit().ifPresent(unit -> line.put("unit", unit));
      put(line, "quantity", item.quantity());
      put(line, "unit_price", item.price());
      put(line, "discount", item.discount());
      put(line, "taxable_value", item.taxable());
      put(line, "gst_rate", item.rate().or(() -> rateOfPage));
      put(line, "cgst", item.cgst());
      put(line, "sgst", item.sgst());
      put(line, "igst", item.igst());
      put(line, "cess", item.cess());
      put(line, "total", item.total());
      draft.note(
        path,
        Phrase.of(
          item
            .row()
            .phrases()
            .stream()
            .flatMap(phrase -> phrase.tokens().stream())
            .toList()
        )
      );
    }
  }

  private static void put(ObjectNode line, String name, Optional<BigDecimal> value) {
    value.ifPresent(amount -> line.put(name, amount));
  }

  /** Where the whole bill has one rate, its totals tell it. */
  private Optional<BigDecimal> rateOfPage() {
    var fields = draft.fields();
    var taxable = fields.path("taxable_total");
    if (!taxable.isNumber()) {
      return Optional.empty();
    }
    var tax = Stream.of("cgst_total", "sgst_total", "igst_total")
      .map(fields::path)
      .filter(JsonNode::isNumber)
      .map(JsonNode::decimalValue)
      .toList();
    return tax.isEmpty()
      ? Optional.empty()
      : Goods.Rates.of(
          tax.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
          taxable.decimalValue()
        );
  }
}
