package dev.billstep.offline.eway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.answers.Draft;
import dev.billstep.offline.bills.Header;
import dev.billstep.offline.bills.PrintedText;
import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Dates;
import dev.billstep.offline.forms.Form;
import dev.billstep.offline.forms.Gstins;
import dev.billstep.offline.forms.Identifiers;
import dev.billstep.offline.labels.Labels;
import dev.billstep.offline.relations.Candidate;
import dev.billstep.offline.relations.Owned;
import dev.billstep.offline.relations.Relations;
import dev.billstep.offline.tables.CellPlaces;
import dev.billstep.offline.tables.Headings;
import dev.billstep.offline.tables.Row;
import dev.billstep.offline.tables.Table;
import dev.billstep.offline.tables.Tables;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Sheet;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an e-way bill. */
public final class EwayBillReader {

  private static final Headings LEGS = Headings.load("leg-columns.tsv");
  private static final Headings CONSIGNMENT = Headings.load("consignment-columns.tsv");

  /** Of fields of a row that stand in another's column. */
  private static final Map<String, String> COLUMNS = Map.of(
    "vehicle_number",
    "vehicle",
    "unit",
    "quantity"
  );

  private static final Pattern KILOMETRES = Pattern.compile(
    "(\\d{1,4})\\s*k\\.?ms?",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern NUMBER_ALONE = Pattern.compile("^\\D*(\\d{1,4})\\b");
  private static final Pattern DETAILS = Pattern.compile(
    "^[\\s:：-]*(?:(?<type>[A-Za-z][A-Za-z ]+?)\\s*-\\s*)?(?<number>\\S(?:.*?\\S)?)\\s*-\\s*(?<date>\\d{1,2}\\s?[/.-]\\s?\\d{1,2}\\s?[/.-]\\s?\\d{4})"
  );
  /** Types of documents that the portal knows. */
  private static final Pattern TYPED_DETAILS = Pattern.compile(
    "(?:Tax Invoice|Bill of Supply|Bill of Entry|Delivery Challan|Credit Note|Others)\\s*[-–]\\s*(?=.*\\d)"
  );

  private static final Pattern MODE = Pattern.compile("(?i)\\b(road|rail|air|ship)\\b");

  private final Sheet sheet;
  private final Labels labels;
  private final Header header;
  private final Relations relations;
  private final OrderOfForm form;
  private final EwayParties parties;
  private final Draft draft;
  private final Function<String, ObjectNode> blankRow;

  private EwayBillReader(Sheet sheet, ObjectNode blank, Function<String, ObjectNode> blankRow) {
    this.sheet = sheet;
    this.labels = Labels.on(sheet);
    this.header = new Header(sheet, labels);
    this.relations = header.relations();
    this.form = new OrderOfForm(sheet, labels, header.labelledDates());
    this.draft = new Draft(blank);
    this.parties = new EwayParties(sheet, labels, header, draft);
    this.blankRow = blankRow;
  }

  /**
   * Reads a page.
   *
   * @param blank fields of the schema, with nothing in them
   * @param blankRow makes a row of one of its lists, with nothing in it
   */
  public static Draft read(Sheet sheet, ObjectNode blank, Function<String, ObjectNode> blankRow) {
    return new EwayBillReader(sheet, blank, blankRow).read();
  }

  private Draft read() {
    readNumber();
    readDates();
    parties.read();
    readDocument();
    readTransport();
    readGoods();
    readUnlabelled();
    draft.doubtUncertain(
      "/eway_bill_number",
      "/generated_at",
      "/valid_until",
      "/document_number",
      "/document_date",
      "/value_of_goods",
      "/vehicle_number"
    );
    return draft;
  }

  private void readNumber() {
    var printed = Candidate.on(sheet, Identifiers::twelveDigits);
    owned(Identifiers::twelveDigits, "ewb_number")
      .map(Owned::candidate)
      .or(() ->
        printed
          .stream()
          .filter(candidate -> occurrences(printed, candidate) > 1)
          .findFirst()
      )
      .ifPresentOrElse(
        number -> draft.put("/eway_bill_number", number.value(), number.words()),
        () -> readNumberBelowBarcode(printed)
      );
  }

  /** A page of vehicles alone has the number below its barcode, without a label. */
  private void readNumberBelowBarcode(List<Candidate<String>> printed) {
    var alone = printed
      .stream()
      .filter(number -> number.words().text().equals(number.phrase().text()))
      .toList();
    if (alone.size() == 1) {
      draft.put("/eway_bill_number", alone.getFirst().value(), alone.getFirst().words());
      draft.doubt("number.unlabelled", "/eway_bill_number", "It stands without a label.");
    }
  }

  private static long occurrences(List<Candidate<String>> printed, Candidate<String> candidate) {
    return printed
      .stream()
      .filter(other -> other.value().equals(candidate.value()))
      .count();
  }

  private void readDates() {
    header.date("ewb_generated").ifPresent(date -> putMoment("/generated_at", date));
    header.date("ewb_valid_from").ifPresent(date -> putMoment("/valid_from", date));
    header.date("ewb_valid_until").ifPresent(date -> putMoment("/valid_until", date));
    distance().ifPresent(distance ->
      draft.put("/distance_km", new BigDecimal(distance.value()), distance.words())
    );
    owned(Identifiers::irns, "irn").ifPresent(irn ->
      draft.put("/irn", irn.value(), irn.candidate().words())
    );
  }

  private void putMoment(String path, Owned<Dates.Moment> date) {
    draft.put(path, date.value().text(), date.candidate().words());
    if (date.value().monthFirst()) {
      draft.doubt(
        "date.ambiguous",
        path,
        "\"%s\" is a date only with its month first.".formatted(date.candidate().text())
      );
    }
  }

  private Optional<Candidate<String>> distance() {
    return header
      .text("ewb_distance")
      .flatMap(text -> matched(text, NUMBER_ALONE))
      .or(() ->
        sheet
          .phrases()
          .flatMap(phrase -> {
            var found = KILOMETRES.matcher(phrase.text());
            return found.find()
              ? Stream.of(
                  new Candidate<>(
                    found.group(1),
                    phrase,
                    found.start(),
                    found.end(),
                    phrase.part(found.start(), found.end())
                  )
                )
              : Stream.empty();
          })
          .findFirst()
      );
  }

  private static Optional<Candidate<String>> matched(Candidate<String> text, Pattern pattern) {
    var found = pattern.matcher(text.value());
    return found.find() ? Optional.of(text.as(found.group(1))) : Optional.empty();
  }

  private <T> Optional<Owned<T>> owned(Form<T> form, String... keys) {
    var wanted = List.of(keys);
    return relations
      .owned(Candidate.on(sheet, form))
      .stream()
      .filter(each -> wanted.contains(each.label().key()))
      .max(Comparator.comparingDouble(Owned::score));
  }

  private void readDocument() {
    var details = header.text("ewb_document").or(this::detailsWithType);
    details.map(this::withNextLine).ifPresent(text -> {
      var found = DETAILS.matcher(withHyphens(text.value()));
      if (found.find()) {
        draft.put("/document_number", found.group("number"), text.words());
        Dates.in(found.group("date"))
          .stream()
          .findFirst()
          .ifPresent(date ->
            draft.put("/document_date", date.value().date().toString(), text.words())
          );
        if (found.group("type") != null) {
          draft.infer("/document_type", found.group("type"));
        }
      }
    });
    if (draft.fields().path("document_number").isNull()) {
      header
        .number("ewb_document_number")
        .ifPresent(number ->
          draft.put("/document_number", number.value(), number.candidate().words())
        );
    }
    if (draft.fields().path("document_date").isNull()) {
      header
        .date("ewb_document_date")
        .ifPresent(date ->
          draft.put("/document_date", date.value().date().toString(), date.candidate().words())
        );
    }
    putText("/document_type", "ewb_document_type");
    putText("/transaction_type", "ewb_transaction");
    owned(Amounts::in, "ewb_value").ifPresent(value ->
      draft.put("/value_of_goods", value.value(), value.candidate().words())
    );
    header.text("ewb_reason").ifPresent(reason -> {
      var parts = reason.value().split("\\s*-\\s*", 2);
      draft.put("/supply_type", parts[0].strip(), reason.words());
      if (parts.length > 1) {
        draft.infer("/sub_supply_type", parts[1].strip());
      }
    });
    header
      .text("ewb_hsn")
      .flatMap(text ->
        Identifiers.hsnCodes(text.value())
          .stream()
          .findFirst()
          .map(found -> text.as(found.value()))
      )
      .ifPresent(hsn -> draft.put("/hsn_code", hsn.value(), hsn.words()));
  }

  /** What begins with a document's type says what it is, whatever the words before it. */
  private Optional<Candidate<String>> detailsWithType() {
    return sheet
      .phrases()
      .flatMap(phrase -> {
        var found = TYPED_DETAILS.matcher(phrase.text());
        return found.find()
          ? Stream.of(
              new Candidate<>(
                phrase.text().substring(found.start()),
                phrase,
                found.start(),
                phrase.text().length(),
                phrase.part(found.start(), phrase.text().length())
              )
            )
          : Stream.empty();
      })
      .findFirst();
  }

  /** OCR takes a hyphen between blanks for a dash. */
  private static String withHyphens(String text) {
    return text.replace('–', '-').replace('—', '-');
  }

  /** A long number wraps with its date to the line below. */
  private Candidate<String> withNextLine(Candidate<String> text) {
    if (DETAILS.matcher(withHyphens(text.value())).find()) {
      return text;
    }
    var box = text.words().box();
    return sheet
      .phrases()
      .filter(phrase -> phrase.box().top() > box.middle())
      .filter(phrase -> phrase.box().top() - box.bottom() < 1.2 * box.height())
      .filter(phrase -> phrase.box().sharedWidth(text.phrase().box()) > 0)
      .findFirst()
      .map(phrase -> text.as(text.value() + " " + phrase.text()))
      .orElse(text);
  }

  private void putText(String path, String key) {
    header.text(key).ifPresent(text -> {
      if (draft.fields().at(path).isNull()) {
        draft.put(path, text.value(), text.words());
      }
    });
  }

  private void readTransport() {
    header.text("ewb_transporter").ifPresent(text -> {
      Gstins.in(text.value())
        .stream()
        .findFirst()
        .ifPresent(id -> draft.put("/transporter_id", id.value().number(), text.words()));
      transporterName(text.value()).ifPresent(name ->
        draft.put("/transporter", PrintedText.spaced(name), text.words())
      );
    });
    readLegs();
    if (draft.fields().path("vehicle_number").isNull()) {
      owned(Identifiers::vehicles, "ewb_vehicle", "ewb_mode", "ewb_entered")
        .map(Owned::candidate)
        .or(form::vehicle)
        .ifPresent(vehicle -> draft.put("/vehicle_number", vehicle.value(), vehicle.words()));
    }
    if (draft.fields().path("mode").isNull()) {
      header
        .text("ewb_mode")
        .map(Candidate::value)
        .map(MODE::matcher)
        .filter(found -> found.find())
        .ifPresent(found -> draft.infer("/mode", found.group(1)));
    }
  }

  /** {@code 27CFOTR4553E2ZT & Gati Surface}, or a name alone. */
  private static Optional<String> transporterName(String text) {
    var name = text
      .replaceFirst("^[\\s:：]*", "")
      .replaceFirst("^(?=[0-9A-Za-z ]*\\d)(?:[0-9A-Za-z]\\s?){13,16}\\s*(?:[&,-]|$)", "")
      .strip();
    return name.chars().filter(Character::isLetter).count() < 2
      ? Optional.empty()
      : Optional.of(name);
  }

  /** A row a leg; the newest is printed first. */
  private void readLegs() {
    var legs = new Tables(sheet, labels, LEGS)
      .all()
      .stream()
      .filter(table -> table.has("vehicle"))
      .flatMap(table -> table.rows().stream())
      .toList();
    int index = 0;
    for (var leg : legs) {
      var vehicle = leg
        .text("vehicle")
        .flatMap(text -> Identifiers.vehicles(text).stream().findFirst());
      if (vehicle.isEmpty()) {
        continue;
      }
      var path = "/vehicles/" + index;
      var row = blankRow.apply("vehicles");
      draft.fields().withArray("/vehicles").add(row);
      row.put("vehicle_number", vehicle.get().value());
      leg
        .text("mode")
        .map(MODE::matcher)
        .filter(found -> found.find())
        .ifPresent(found -> row.put("mode", found.group(1)));
      leg.text("from").ifPresent(from -> row.put("from", from));
      leg
        .text("entered_at")
        .flatMap(text -> Dates.in(text).stream().findFirst())
        .ifPresent(date -> row.put("entered_at", date.value().text()));
      leg
        .text("entered_by")
        .flatMap(text -> Gstins.in(text).stream().findFirst())
        .ifPresent(by -> row.put("entered_by", by.value().number()));
      leg
        .text("cewb_number")
        .filter(text -> text.chars().anyMatch(Character::isDigit))
        .ifPresent(text -> row.put("cewb_number", text));
      draft.note(path, words(leg));
      notePlaces(path, row, leg);
      if (index++ == 0) {
        draft.put(
          "/vehicle_number",
          vehicle.get().value(),
          leg.first("vehicle").orElseThrow().phrase()
        );
        if (row.path("mode").isTextual()) {
          draft.infer("/mode", row.path("mode").asText());
        }
      }
    }
  }

  /** Fields whose labels are not among those that are known. */
  private void readUnlabelled() {
    draft.words("/eway_bill_number").ifPresent(number -> readUnlabelledDates(number.box()));
    parties.readUnlabelled(form);
    if (draft.lacks("/value_of_goods")) {
      form.value().ifPresent(value -> {
        draft.put("/value_of_goods", value.value(), value.words());
        draft.doubt("total.unlabelled", "/value_of_goods", "It stands without a known label.");
      });
    }
  }

  private void readUnlabelledDates(Box number) {
    if (draft.lacks("/generated_at")) {
      form
        .generated(number)
        .ifPresent(date -> putUnlabelled("/generated_at", date, date.value().text()));
    }
    var generated = header
      .date("ewb_generated")
      .map(date -> date.value().date())
      .or(() -> form.generated(number).map(date -> date.value().date()));
    if (generated.isPresent() && draft.lacks("/valid_until")) {
      form
        .validUntil(generated.get())
        .ifPresent(date -> putUnlabelled("/valid_until", date, date.value().text()));
    }
    if (generated.isPresent() && draft.lacks("/document_date")) {
      form
        .documentDate(generated.get())
        .ifPresent(date -> putUnlabelled("/document_date", date, date.value().date().toString()));
    }
  }

  private void putUnlabelled(String path, Candidate<Dates.Moment> date, String text) {
    draft.put(path, text, date.words());
    draft.doubt("date.unlabelled", path, "It stands without a known label.");
  }

  /** Each value in the column that it is called by, but for what stands beside another. */
  private void notePlaces(String path, ObjectNode fields, Row row) {
    var places = new CellPlaces(row);
    fields.properties().forEach(field -> {
      var column = List.of(COLUMNS.getOrDefault(field.getKey(), field.getKey()));
      var value = field.getValue();
      var place = value.isNumber()
        ? places.number(value.decimalValue(), column)
        : value.isTextual()
          ? places.text(value.asText(), column).or(() -> places.column(column.getFirst()))
          : Optional.<Phrase>empty();
      place.ifPresent(words -> draft.note(path + "/" + field.getKey(), words));
    });
  }

  private static Phrase words(Row row) {
    return Phrase.of(
      row
        .phrases()
        .stream()
        .flatMap(phrase -> phrase.tokens().stream())
        .toList()
    );
  }

  private void readGoods() {
    var goods = new Tables(sheet, labels, CONSIGNMENT)
      .all()
      .stream()
      .filter(table -> table.has("hsn_code") && table.has("taxable_value"))
      .findFirst();
    goods.map(Table::rows).orElse(List.of()).forEach(this::readGoods);
  }

  private void readGoods(Row row) {
    var hsn = row.text("hsn_code").flatMap(text -> Identifiers.hsnCodes(text).stream().findFirst());
    if (hsn.isEmpty()) {
      return;
    }
    var goods = blankRow.apply("goods");
    int index = draft.fields().withArray("/goods").size();
    draft.fields().withArray("/goods").add(goods);
    goods.put("hsn_code", hsn.get().value());
    row.text("description").ifPresent(text -> goods.put("description", text));
    row
      .first("quantity")
      .flatMap(cell -> cell.numbers().stream().findFirst())
      .ifPresent(quantity -> goods.put("quantity", quantity));
    row
      .text("quantity")
      .map(text -> text.replaceAll("[\\d.,\\s]", ""))
      .filter(unit -> !unit.isEmpty())
      .ifPresent(unit -> goods.put("unit", unit));
    row
      .first("taxable_value")
      .flatMap(cell -> cell.amount())
      .ifPresent(value -> goods.put("taxable_value", value));
    row.text("tax_rates").ifPresent(rates -> goods.put("tax_rates", rates));
    draft.note("/goods/" + index, words(row));
    notePlaces("/goods/" + index, goods, row);
    if (draft.fields().path("hsn_code").isNull()) {
      draft.put("/hsn_code", hsn.get().value(), row.first("hsn_code").orElseThrow().phrase());
    }
  }
}
