package dev.billstep.offline;

import static dev.billstep.offline.BlankFields.put;
import static dev.billstep.offline.BlankFields.putAmount;
import static dev.billstep.offline.Table.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.Table.Column;
import dev.billstep.reading.Gstin;
import dev.billstep.reading.IndianNotation;
import dev.billstep.settings.DocTypeSchema;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an e-way bill by the labels of form EWB-01 and the rows of its Part B. */
final class EwayBillReader {

  private static final List<String> NUMBER = List.of("ewaybillno", "ewaybillnumber", "ewbno");
  private static final List<String> GENERATED_AT = List.of(
    "ewaybilldate",
    "generateddate",
    "generatedon"
  );
  private static final List<String> VALID_UNTIL = List.of("validuntil", "validupto", "validtill");
  private static final List<String> SUPPLIER = List.of("gstinofsupplier", "supplier");
  private static final List<String> RECIPIENT = List.of("gstinofrecipient", "recipient");
  private static final List<Column> LEGS = List.of(
    Column.of("mode", "mode"),
    Column.of("vehicle", "vehicle"),
    Column.of("from", "from"),
    Column.of("entered_at", "entereddate"),
    Column.of("entered_by", "enteredby"),
    Column.of("cewb_number", "cewbno"),
    Column.of("multi_vehicle", "multiveh")
  );
  private static final int FEWEST_COLUMNS = 4;
  private static final String UNREGISTERED = "URP";
  private static final Pattern KILOMETRES = Pattern.compile(
    "(\\d{1,4})\\s*k\\.?ms?",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern NUMBER_ALONE = Pattern.compile("\\d{1,4}");
  private static final Pattern HSN = Pattern.compile("\\d{4,8}");

  private final Layout layout;
  private final Labels labels;
  private final BlankFields blank;

  private EwayBillReader(Layout layout, BlankFields blank) {
    this.layout = layout;
    this.labels = new Labels(layout);
    this.blank = blank;
  }

  static ObjectNode read(Layout layout, DocTypeSchema schema) {
    return new EwayBillReader(layout, new BlankFields(schema)).read();
  }

  private ObjectNode read() {
    var fields = blank.document();
    put(fields, "eway_bill_number", labels.value(NUMBER, Printed::ewayBillNumber));
    put(fields, "generated_at", labels.value(GENERATED_AT, IndianNotation::moment));
    put(fields, "generated_by_gstin", labels.value(List.of("generatedby"), Printed::gstin));
    put(fields, "valid_from", labels.value(List.of("validfrom"), IndianNotation::moment));
    putAmount(fields, "distance_km", distance());
    put(fields, "valid_until", labels.value(VALID_UNTIL, IndianNotation::moment));
    readParty(fields.withObject("/supplier"), SUPPLIER);
    readParty(fields.withObject("/recipient"), RECIPIENT);
    readAddresses(fields);
    put(
      fields,
      "place_of_dispatch",
      labels.value(List.of("placeofdispatch"), EwayBillReader::place)
    );
    put(
      fields,
      "place_of_delivery",
      labels.value(List.of("placeofdelivery"), EwayBillReader::place)
    );
    readDocument(fields);
    readTransport(fields);
    return fields;
  }

  private Optional<BigDecimal> distance() {
    return labels
      .value(List.of("validfrom"), EwayBillReader::kilometres)
      .or(() -> labels.value(List.of("approxdistance", "distance"), EwayBillReader::numberAlone));
  }

  private static Optional<BigDecimal> kilometres(String text) {
    var distance = KILOMETRES.matcher(text);
    // A year stands before the distance where the space between them was lost.
    int bracket = text.indexOf('[');
    return distance.find(Math.max(0, bracket))
      ? Optional.of(new BigDecimal(distance.group(1)))
      : Optional.empty();
  }

  private static Optional<BigDecimal> numberAlone(String text) {
    var number = NUMBER_ALONE.matcher(text);
    return number.find() ? Optional.of(new BigDecimal(number.group())) : Optional.empty();
  }

  private void readParty(ObjectNode party, List<String> label) {
    var gstin = labels.value(label, EwayBillReader::gstinOrUnregistered);
    putParty(party, gstin, labels.value(label, EwayBillReader::nameAfterGstin));
  }

  private static void putParty(ObjectNode party, Optional<String> gstin, Optional<String> name) {
    put(party, "gstin", gstin);
    put(party, "state_code", gstin.filter(Gstin::isValid).map(Gstin::stateCode));
    put(party, "name", name);
  }

  /** The detailed print has the parties side by side, each a GSTIN with the name below it. */
  private void readAddresses(ObjectNode fields) {
    var gstins = layout
      .cells()
      .filter(cell -> cell.compact().startsWith("gstin"))
      .filter(cell -> gstinOrUnregistered(cell.after(0, "gstin")).isPresent())
      .toList();
    if (gstins.size() >= 2 && !layout.contains("gstinofsupplier")) {
      var two = gstins
        .subList(0, 2)
        .stream()
        .sorted(Comparator.comparingDouble(Cell::left))
        .toList();
      readAddress(fields.withObject("/supplier"), two.getFirst());
      readAddress(fields.withObject("/recipient"), two.getLast());
    }
  }

  private void readAddress(ObjectNode party, Cell gstin) {
    var name = layout
      .cells()
      .filter(cell -> cell.middle() > gstin.bottom() && cell.overlap(gstin) > 0)
      .min(Comparator.comparingDouble(Cell::middle))
      .flatMap(cell -> Printed.words(cell.text()));
    putParty(party, gstinOrUnregistered(gstin.after(0, "gstin")), name);
  }

  private static Optional<String> gstinOrUnregistered(String text) {
    return Printed.gstin(text).or(() ->
      text.startsWith(UNREGISTERED) ? Optional.of(UNREGISTERED) : Optional.empty()
    );
  }

  /** {@code 27CFOTR4553E2ZT, Shree Balaji Traders}: what follows the number. */
  private static Optional<String> nameAfterGstin(String text) {
    int comma = text.indexOf(',');
    return comma < 0 || gstinOrUnregistered(text).isEmpty()
      ? Optional.empty()
      : Printed.words(text.substring(comma + 1));
  }

  /** {@code Bengaluru, Karnataka - 560001}: the town. */
  private static Optional<String> place(String text) {
    int comma = text.indexOf(',');
    return Printed.words(comma < 0 ? text : text.substring(0, comma));
  }

  private void readDocument(ObjectNode fields) {
    var details = labels.value(List.of("documentdetails"), DocumentDetails::of);
    put(
      fields,
      "document_number",
      details
        .map(DocumentDetails::number)
        .or(() -> labels.value(List.of("documentno", "documentnumber"), Printed::documentNumber))
    );
    put(
      fields,
      "document_date",
      details
        .map(DocumentDetails::date)
        .or(() -> labels.value(List.of("documentdate", "docdate"), IndianNotation::date))
    );
    put(fields, "document_type", labels.value(List.of("documenttype", "doctype"), Printed::words));
    put(fields, "transaction_type", labels.value(List.of("transactiontype"), Printed::words));
    putAmount(
      fields,
      "value_of_goods",
      labels.value(List.of("valueofgoods", "totalinvamt"), IndianNotation::amount)
    );
    put(fields, "hsn_code", labels.value(List.of("hsncode", "hsn"), EwayBillReader::hsn));
    labels
      .value(List.of("reasonfortransportation", "supplytype"), Optional::of)
      .ifPresent(reason -> readReason(reason, fields));
    put(
      fields,
      "irn",
      labels.value(List.of("irn"), Optional::of).filter(irn -> irn.matches("[0-9a-f]{64}"))
    );
  }

  private static Optional<String> hsn(String text) {
    var code = HSN.matcher(text.strip());
    return code.lookingAt() ? Optional.of(code.group()) : Optional.empty();
  }

  /** {@code Outward - Supply}. */
  private static void readReason(String reason, ObjectNode fields) {
    int dash = reason.indexOf('-');
    put(fields, "supply_type", Printed.words(dash < 0 ? reason : reason.substring(0, dash)));
    put(
      fields,
      "sub_supply_type",
      dash < 0 ? Optional.empty() : Printed.words(reason.substring(dash + 1))
    );
  }

  private void readTransport(ObjectNode fields) {
    put(
      fields,
      "transporter_id",
      labels.value(List.of("transporterid", "transporter"), Printed::gstin)
    );
    put(
      fields,
      "transporter",
      labels.value(
        List.of("transportername", "nameoftransporter", "transporterid", "transporter"),
        EwayBillReader::transporter
      )
    );
    var legs = Table.find(layout, LEGS, FEWEST_COLUMNS, List.of())
      .map(Table::lines)
      .orElse(List.of());
    var vehicles = fields.withArray("/vehicles");
    legs
      .stream()
      .filter(leg -> leg.containsKey("vehicle"))
      .forEach(leg -> vehicles.add(readLeg(leg)));
    // The leg entered first is the one that moves the goods from the supplier.
    if (!vehicles.isEmpty()) {
      fields.set("mode", vehicles.get(0).path("mode"));
      fields.set("vehicle_number", vehicles.get(0).path("vehicle_number"));
    } else {
      put(
        fields,
        "vehicle_number",
        labels.value(List.of("vehicleno", "vehicle"), Printed::vehicle)
      );
    }
  }

  /** {@code 27CFOTR4553E2ZT & Gati Surface}, with the label's own rest before it, or a name alone. */
  private static Optional<String> transporter(String text) {
    var name = text
      .replaceFirst("^(?i:\\s*(?:id)?\\s*(?:&\\s*name)?\\s*:?)", "")
      .replaceFirst("^\\s*[0-9A-Za-z:.|]{13,17}\\s*[&,-]", "");
    return Printed.words(name.strip());
  }

  private ObjectNode readLeg(Map<String, String> leg) {
    var vehicle = blank.item("vehicles");
    put(vehicle, "mode", text(leg, "mode"));
    put(vehicle, "vehicle_number", text(leg, "vehicle").flatMap(Printed::vehicle));
    put(vehicle, "from", text(leg, "from"));
    put(vehicle, "entered_at", text(leg, "entered_at").flatMap(IndianNotation::moment));
    put(vehicle, "entered_by", text(leg, "entered_by").flatMap(Printed::gstin));
    put(vehicle, "cewb_number", text(leg, "cewb_number"));
    return vehicle;
  }

  /** {@code Tax Invoice - BX57600 - 04/09/2025}: the number stands between the type and the date. */
  private record DocumentDetails(String number, String date) {
    private static final Pattern SHAPE = Pattern.compile(
      "(?:[A-Za-z ]+-)?\\s*(\\S+?)\\s*-\\s*(\\d{1,2}([/.-])\\d{1,2}\\3\\d{4})\\s*$"
    );

    static Optional<DocumentDetails> of(String text) {
      var details = SHAPE.matcher(text);
      return details.find()
        ? Printed.documentNumber(details.group(1)).flatMap(number ->
            IndianNotation.date(details.group(2)).map(date -> new DocumentDetails(number, date))
          )
        : Optional.empty();
    }
  }
}
