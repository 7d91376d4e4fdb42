package dev.billstep.offline.bills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.Sum.Role;
import dev.billstep.offline.classes.Titles;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Form;
import dev.billstep.offline.forms.Found;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.tables.Headings;
import dev.billstep.offline.tables.Table;
import dev.billstep.offline.tables.Tables;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import dev.billstep.reading.Gstin;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a bill. */
public final class BillReader {

  static final Headings COLUMNS = Headings.load("columns.tsv");

  /** A label that others use as well: what it tells is to be looked at. */
  private static final double TELLING = 0.45;

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
    var found = new Tables(sheet, everywhere, COLUMNS);
    var headed = found.all();
    this.goods = Goods.table(headed).or(() -> unheaded(found, headed));
    this.tables = Stream.concat(
      headed.stream(),
      goods.filter(table -> !table.isHeaded()).stream()
    ).toList();
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

  private Optional<Table> unheaded(Tables found, List<Table> headed) {
    return found.unheaded(headed).filter(table -> Goods.areListed(table, amountsBelow(table)));
  }

  private List<BigDecimal> amountsBelow(Table table) {
    return sheet
      .lines()
      .stream()
      .skip(table.lastLine() + 1L)
      .flatMap(line -> Amounts.in(line.text()).stream())
      .map(Found::value)
      .toList();
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
    return table
      .rows()
      .stream()
      .flatMap(row -> sheet.within(row.box()))
      .anyMatch(line -> line.phrases().contains(phrase));
  }

  private Draft read() {
    readTitle();
    readNumberAndDate();
    readParties();
    readOthers();
    var items = goods.map(Goods::items).orElse(List.of());
    readTotals(items);
    new ItemFields(draft, header, blankLine).write(items);
    doubtLines(items);
    doubtContinuation();
    draft.doubtUncertain("/invoice_number", "/invoice_date");
    return draft;
  }

  private void doubtLines(List<Item> items) {
    if (goods.filter(table -> !table.isHeaded()).isPresent()) {
      draft.doubt(
        "lines.unheaded",
        "/line_items",
        "No known heading stands above the lines: what their numbers are is told by what they make."
      );
    }
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
    if (header.number("number").isEmpty()) {
      header.numberOfTitle().ifPresent(number -> {
        draft.put("/invoice_number", number.value(), number.words());
        draft.doubt(
          "number.unlabelled",
          "/invoice_number",
          "It stands behind the title, without a label."
        );
      });
    }
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
    if (header.date("date").isEmpty()) {
      header.dateAlone().ifPresent(date -> {
        draft.put("/invoice_date", date.value().date().toString(), date.words());
        draft.doubt("date.unlabelled", "/invoice_date", "It stands without a label.");
      });
    }
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
      .flatMap(Claim::heading)
      .filter(heading -> heading.key().equals("buyer"))
      .flatMap(names::at)
      .or(() -> names.of("buyer"))
      .ifPresent(name -> draft.put("/buyer/name", PrintedText.spaced(name.text()), name));
  }

  private void readParty(String path, Claim claim) {
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
    var words = new SpokenTotal(sheet, labels).find();
    var totals = new Totals(
      new Sums(sheet, header.relations(), tables, goods).with(items, words.map(Candidate::value)),
      words.map(Candidate::value)
    );
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
    if (choice.isUnlabelled()) {
      draft.doubt(
        "total.unlabelled",
        "/grand_total",
        "No known label stands beside it; other amounts on the page make it."
      );
    } else if (!choice.isProven()) {
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
}
