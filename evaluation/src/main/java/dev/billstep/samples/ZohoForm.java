package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;
import static dev.billstep.samples.Printed.day;
import static dev.billstep.samples.Printed.half;

import dev.billstep.samples.Trade.Line;
import java.awt.Color;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A title in large print, "#" for the number, rate and amount of each tax in the lines. */
final class ZohoForm implements BillForm {

  private static final DateTimeFormatter SLASHED = DateTimeFormatter.ofPattern("dd/MM/yyyy");

  @Override
  public String family() {
    return "ZOHO";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.bold(40, 50, 12, bill.seller().name());
    on.lines(
      40,
      64,
      8.5,
      bill.seller().street(),
      bill.seller().city() + " " + bill.seller().state().name(),
      "India",
      "GSTIN " + bill.seller().gstin()
    );
    sheet.rightBold(555, 62, 22, trade.oneOf("TAX INVOICE", "Invoice", "INVOICE"));
    sheet.box(40, 120, 515, 62);
    sheet.line(300, 120, 300, 182);
    var labels = trade.chance(0.5)
      ? List.of("#", "Invoice Date", "Terms", "Due Date")
      : List.of("Invoice#", "Date", "Payment Terms", "Due Date");
    var values = List.of(
      bill.number(),
      day("dd/MM/yyyy", bill),
      "Net 15",
      SLASHED.format(bill.date().plusDays(15))
    );
    for (int index = 0; index < 4; index++) {
      sheet.text(46, 134 + 13 * index, 8.5, labels.get(index));
      sheet.bold(130, 134 + 13 * index, 8.5, ": " + values.get(index));
    }
    sheet.text(306, 134, 8.5, "Place Of Supply");
    sheet.bold(
      390,
      134,
      8.5,
      ": %s (%s)".formatted(bill.buyer().state().name(), bill.buyer().state().code())
    );
    sheet.fill(40, 182, 515, 16, new Color(240, 240, 240));
    sheet.bold(46, 193, 8.5, "Bill To");
    sheet.bold(306, 193, 8.5, "Ship To");
    sheet.bold(46, 210, 9, bill.buyer().name());
    on.lines(
      46,
      222,
      8.5,
      bill.buyer().street(),
      bill.buyer().city(),
      "GSTIN " + bill.buyer().gstin()
    );
    on.lines(
      306,
      210,
      8.5,
      bill.buyer().street(),
      bill.buyer().city(),
      bill.buyer().state().name()
    );
    var columns = new ArrayList<Column>();
    columns.add(Column.text("#", 4, (line, number) -> "" + number));
    columns.add(
      Column.text(trade.oneOf("Item & Description", "Item"), 30, (line, number) ->
        line.product().name()
      )
    );
    columns.add(Column.text("HSN\n/SAC", 8, (line, number) -> line.product().hsn()));
    columns.add(
      Column.number(
        "Qty",
        9,
        (line, number) -> line.quantity() + ".00\n" + line.unit().toLowerCase(Locale.ROOT)
      )
    );
    columns.add(Column.number("Rate", 10, (line, number) -> grouped(line.price())));
    if (bill.isInState()) {
      columns.add(Column.number("CGST\n%", 6, (line, number) -> half(line)));
      columns.add(Column.number("\nAmt", 10, (line, number) -> grouped(line.cgst())));
      columns.add(Column.number("SGST\n%", 6, (line, number) -> half(line)));
      columns.add(Column.number("\nAmt", 10, (line, number) -> grouped(line.cgst())));
    } else {
      columns.add(Column.number("IGST\n%", 6, (line, number) -> line.rate() + "%"));
      columns.add(Column.number("\nAmt", 10, (line, number) -> grouped(line.igst())));
    }
    columns.add(Column.number("Amount", 12, (line, number) -> grouped(line.taxable())));
    double y = new GoodsTable(sheet, 40, 555, 8, columns).print(265, bill.lines(), true) + 14;
    sheet.text(46, y, 8.5, "Total In Words");
    on.wrapped(
      46,
      y + 13,
      8.5,
      290,
      "Indian " + Amounts.inWords(bill.total()).replace("Rupees", "Rupee")
    );
    sheet.text(46, y + 50, 8.5, "Notes");
    sheet.text(46, y + 62, 8, "Thanks for your business.");
    double at = on.sum(360, 550, y, 8.5, "Sub Total", bill.taxable());
    if (bill.isInState()) {
      for (var name : List.of("CGST", "SGST")) {
        for (int rate : rates(bill)) {
          var half = BigDecimal.valueOf(rate)
            .divide(BigDecimal.TWO)
            .stripTrailingZeros()
            .toPlainString();
          var lines = taxedAt(rate, bill);
          at = on.sum(
            360,
            550,
            at,
            8.5,
            "%s%s (%s%%)".formatted(name, half.replace(".", ""), half),
            Printed.total(lines, Line::cgst)
          );
        }
      }
    } else {
      for (int rate : rates(bill)) {
        var lines = taxedAt(rate, bill);
        at = on.sum(
          360,
          550,
          at,
          8.5,
          "IGST%d (%d%%)".formatted(rate, rate),
          Printed.total(lines, Line::igst)
        );
      }
    }
    at = on.sum(360, 550, at, 8.5, "Rounding", bill.roundOff());
    at = on.boldSum(360, 550, at, 9, "Total", "₹" + grouped(bill.total()));
    if (trade.chance(0.5)) {
      on.boldSum(360, 550, at, 9, "Balance Due", "₹" + grouped(bill.total()));
    }
    sheet.text(420, at + 60, 8.5, "Authorized Signature");
  }

  private static List<Integer> rates(Bill bill) {
    return bill.lines().stream().map(Line::rate).distinct().sorted().toList();
  }

  private static List<Line> taxedAt(int rate, Bill bill) {
    return bill
      .lines()
      .stream()
      .filter(line -> line.rate() == rate)
      .toList();
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    var fields = BillForm.fields(
      bill,
      "description",
      "hsn_sac",
      "quantity",
      "unit_price",
      "taxable_value",
      "gst_rate"
    );
    fields.remove("cgst_total");
    fields.remove("sgst_total");
    fields.remove("igst_total");
    return fields;
  }
}
