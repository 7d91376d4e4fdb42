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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a bill by its labels and its table of goods. */
final class BillReader {

  private static final Map<String, String> TITLES = titles();
  private static final List<String> INVOICE_NUMBER = List.of(
    "taxinvoiceno",
    "invoicenumber",
    "invoiceno",
    "invoice#",
    "invno",
    "inv#",
    "billnumber",
    "billno",
    "bilno",
    "bill#",
    "receiptno",
    "cashmemono",
    "serialno"
  );
  private static final List<String> INVOICE_DATE = List.of(
    "invoicedate",
    "invoicedt",
    "dateofinvoice",
    "dateofissue",
    "billdate",
    "invdate",
    "dated",
    "date",
    "dt"
  );
  private static final List<String> PLACE_OF_SUPPLY = List.of("placeofsupply", "supplyplace");
  private static final List<String> REVERSE_CHARGE = List.of(
    "reversecharge",
    "taxpayableonreversecharge",
    "payableonreversecharge"
  );
  private static final List<String> TAXABLE_TOTAL = List.of(
    "totaltaxable",
    "taxabletotal",
    "taxablevalue",
    "taxableamount",
    "subtotal"
  );
  private static final List<String> GRAND_TOTAL = List.of(
    "grandtotal",
    "totalinvoicevalue",
    "invoicetotal",
    "totalamountaftertax",
    "amountpayable",
    "netpayable",
    "netamount",
    "totalamount",
    "billtotal",
    "total"
  );
  private static final List<String> END_OF_GOODS = List.of(
    "total",
    "subtotal",
    "taxabletotal",
    "taxablevalue",
    "taxableamount",
    "totaltaxable",
    "cgst",
    "sgst",
    "utgst",
    "igst",
    "cess",
    "roundoff",
    "roundedoff",
    "grandtotal",
    "netamount",
    "netpayable",
    "amountpayable",
    "amountinwords",
    "rupees"
  );
  private static final List<Column> COLUMNS = List.of(
    Column.of("number", "#", "srno", "slno", "sno", "no"),
    Column.of(
      "description",
      "description",
      "particulars",
      "goods",
      "item",
      "product",
      "nameofproduct",
      "descriptionofgoods"
    ),
    Column.of("hsn_sac", "hsn", "sac", "hsnsac", "hsncode"),
    Column.of("quantity", "qty", "quantity"),
    Column.of("unit", "unit", "uom"),
    Column.of("unit_price", "rate", "price", "unitprice", "mrp"),
    Column.of("discount", "disc"),
    Column.of("taxable_value", "taxablevalue", "taxableamount", "taxable"),
    Column.of("gst_rate", "gst", "gst%", "gstrate", "tax%", "taxrate"),
    Column.of("cgst", "cgst"),
    Column.of("sgst", "sgst", "utgst"),
    Column.of("igst", "igst"),
    Column.of("cess", "cess"),
    Column.of("total", "total", "amount", "totalamount")
  );
  private static final int FEWEST_COLUMNS = 3;
  private static final int LONG_TITLE = 9;

  private static final Pattern IRN = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern QUANTITY = Pattern.compile(
    "(\\d[\\d,]*(?:\\.\\d+)?)\\s*([A-Za-z]*)"
  );

  private final Layout layout;
  private final Labels labels;
  private final BlankFields blank;

  private BillReader(Layout layout, BlankFields blank) {
    this.layout = layout;
    this.labels = new Labels(layout);
    this.blank = blank;
  }

  static ObjectNode read(Layout layout, DocTypeSchema schema) {
    return new BillReader(layout, new BlankFields(schema)).read();
  }

  /** Whether there is a table of goods with what they cost. */
  static boolean hasGoods(Layout layout) {
    return Table.find(layout, COLUMNS, FEWEST_COLUMNS, END_OF_GOODS)
      .filter(table -> table.lines().stream().anyMatch(BillReader::isItem))
      .isPresent();
  }

  private ObjectNode read() {
    var fields = blank.document();
    put(fields, "document_title", title());
    put(
      fields,
      "invoice_number",
      labels
        .value(INVOICE_NUMBER, Printed::documentNumber)
        .or(() -> labels.valueOfWhole(List.of("no"), Printed::documentNumber))
    );
    put(fields, "invoice_date", labels.value(INVOICE_DATE, IndianNotation::date));
    readParties(fields);
    put(fields, "place_of_supply", labels.value(PLACE_OF_SUPPLY, BillReader::place));
    labels
      .value(REVERSE_CHARGE, BillReader::yesOrNo)
      .ifPresent(value -> fields.put("reverse_charge", value));
    put(fields, "irn", labels.value(List.of("irn"), BillReader::irn));
    put(fields, "ack_number", labels.value(List.of("ackno"), Printed::documentNumber));
    put(fields, "ack_date", labels.value(List.of("ackdate"), IndianNotation::date));
    put(
      fields,
      "eway_bill_number",
      labels.value(List.of("ewaybillno", "ewaybill"), Printed::ewayBillNumber)
    );
    readGoodsAndTotals(fields);
    return fields;
  }

  private Optional<String> title() {
    return layout
      .cells()
      .flatMap(cell -> title(cell.compact()).stream())
      .findFirst();
  }

  /** {@code TAX INVOICE (Original)}: a long title may have more behind it. */
  private static Optional<String> title(String compact) {
    return TITLES.entrySet()
      .stream()
      .filter(
        title ->
          compact.equals(title.getKey()) ||
          (title.getKey().length() >= LONG_TITLE && compact.startsWith(title.getKey()))
      )
      .map(Map.Entry::getValue)
      .findFirst();
  }

  private void readParties(ObjectNode fields) {
    var parties = new Parties(layout);
    readParty(
      fields.withObject("/seller"),
      parties.sellerName(List.copyOf(TITLES.keySet())),
      parties.sellerGstin()
    );
    readParty(fields.withObject("/buyer"), parties.buyerName(), parties.buyerGstin());
  }

  private static void readParty(ObjectNode party, Optional<String> name, Optional<String> gstin) {
    put(party, "name", name);
    put(party, "gstin", gstin);
    put(party, "state_code", gstin.map(Gstin::stateCode));
  }

  private void readGoodsAndTotals(ObjectNode fields) {
    var table = Table.find(layout, COLUMNS, FEWEST_COLUMNS, END_OF_GOODS);
    table.ifPresent(goods -> readGoods(goods, fields));
    var below = new Labels(table.map(goods -> layout.from(goods.end())).orElse(layout));
    putAmount(fields, "taxable_total", below.value(TAXABLE_TOTAL, IndianNotation::amount));
    putAmount(fields, "cgst_total", below.value(List.of("cgst"), IndianNotation::amount));
    putAmount(fields, "sgst_total", below.value(List.of("sgst", "utgst"), IndianNotation::amount));
    putAmount(fields, "igst_total", below.value(List.of("igst"), IndianNotation::amount));
    putAmount(fields, "cess_total", below.value(List.of("cess"), IndianNotation::amount));
    putAmount(
      fields,
      "round_off",
      below.value(List.of("roundoff", "roundedoff", "rounding"), IndianNotation::amount)
    );
    var ofAll = new Labels(
      table
        .map(goods -> layout.from(goods.end()))
        .orElse(layout)
        .without("subtotal")
    );
    putAmount(fields, "grand_total", ofAll.value(GRAND_TOTAL, IndianNotation::amount));
    put(fields, "amount_in_words", below.value(List.of("amountinwords", "rupees"), Printed::words));
  }

  private void readGoods(Table table, ObjectNode fields) {
    var items = fields.withArray("/line_items");
    int number = 1;
    for (var line : table.lines().stream().filter(BillReader::isItem).toList()) {
      items.add(readItem(line, number++));
    }
  }

  /** A line with a price or a value; others are remarks between the goods. */
  private static boolean isItem(Map<String, String> line) {
    return (
      line.containsKey("description") &&
      (line.containsKey("taxable_value") ||
        line.containsKey("total") ||
        line.containsKey("unit_price"))
    );
  }

  private ObjectNode readItem(Map<String, String> line, int number) {
    var item = blank.item("line_items");
    put(item, "description", description(line, number));
    put(item, "hsn_sac", text(line, "hsn_sac").map(code -> code.replaceAll("\\D", "")));
    text(line, "quantity").ifPresent(printed -> readQuantity(printed, item));
    text(line, "unit").ifPresent(printed -> readUnit(printed, item));
    for (var column : List.of(
      "unit_price",
      "discount",
      "taxable_value",
      "cgst",
      "sgst",
      "igst",
      "cess",
      "total"
    )) {
      putAmount(item, column, text(line, column).flatMap(IndianNotation::amount));
    }
    putAmount(item, "gst_rate", text(line, "gst_rate").flatMap(Printed::percent));
    return item;
  }

  /** Without the row's own number, where that has run into it. */
  private static Optional<String> description(Map<String, String> line, int number) {
    var text = text(line, "description");
    return (
      line.containsKey("number")
        ? text
        : text.map(words -> words.replaceFirst("^%d[.)]?\\s+(?=\\p{L})".formatted(number), ""))
    ).flatMap(Printed::words);
  }

  private static void readQuantity(String printed, ObjectNode item) {
    var quantity = QUANTITY.matcher(printed);
    if (quantity.find()) {
      item.put("quantity", new BigDecimal(quantity.group(1).replace(",", "")));
      put(item, "unit", Optional.of(quantity.group(2)).filter(unit -> !unit.isBlank()));
    }
  }

  /** {@code BOX}; {@code 33BOX} where the quantity has run into it. */
  private static void readUnit(String printed, ObjectNode item) {
    var both = QUANTITY.matcher(printed.replace("|", ""));
    if (item.path("quantity").isNull() && both.matches() && !both.group(2).isEmpty()) {
      readQuantity(both.group(), item);
    } else {
      put(item, "unit", Optional.of(printed));
    }
  }

  /** {@code 33-TamilNadu}, {@code Tamil Nadu (33)} and the like. */
  private static Optional<String> place(String text) {
    return Printed.words(text.replaceAll("[^A-Za-z& ].*$|^\\d+\\s*-\\s*", ""));
  }

  private static Optional<Boolean> yesOrNo(String text) {
    var compact = Cell.compact(text);
    if (compact.startsWith("no") || compact.equals("n")) {
      return Optional.of(false);
    }
    return compact.startsWith("yes") || compact.equals("y") ? Optional.of(true) : Optional.empty();
  }

  private static Optional<String> irn(String text) {
    var irn = IRN.matcher(Cell.compact(text));
    return irn.find() ? Optional.of(irn.group()) : Optional.empty();
  }

  private static Map<String, String> titles() {
    var titles = new LinkedHashMap<String, String>();
    for (var title : List.of(
      "TAX INVOICE",
      "BILL OF SUPPLY",
      "RETAIL INVOICE",
      "CASH MEMO",
      "CASH BILL",
      "INVOICE",
      "RECEIPT",
      "BILL"
    )) {
      titles.put(Cell.compact(title), title);
    }
    return titles;
  }
}
