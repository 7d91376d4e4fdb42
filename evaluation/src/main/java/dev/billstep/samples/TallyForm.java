package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;
import static dev.billstep.samples.Printed.day;
import static dev.billstep.samples.Printed.half;

import dev.billstep.samples.Trade.Party;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Boxes with their label above the value, taxes below the goods in their own table, a summary by HSN. */
final class TallyForm implements BillForm {

  private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern(
    "d-MMM-yy",
    Locale.ENGLISH
  );

  @Override
  public String family() {
    return "TALLY";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    boolean hasEInvoice = trade.chance(0.3);
    double top = 40;
    sheet.center(top, 11, trade.oneOf("Tax Invoice", "TAX INVOICE", "GST INVOICE"));
    sheet.right(
      555,
      top,
      7.5,
      trade.oneOf("(ORIGINAL FOR RECIPIENT)", "(DUPLICATE FOR TRANSPORTER)", "")
    );
    if (hasEInvoice) {
      on.lines(
        40,
        56,
        8,
        "IRN        : " + bill.irn().substring(0, 40) + "-",
        "                 " + bill.irn().substring(40),
        "Ack No.  : " + bill.ackNumber(),
        "Ack Date : " + day("d-MMM-yy", bill)
      );
      top = 104;
    }
    top += 12;
    sheet.box(40, top, 515, 240);
    sheet.line(297, top, 297, top + 240);
    double third = 80;
    for (int line = 1; line < 3; line++) {
      sheet.line(40, top + third * line, 297, top + third * line);
    }
    block(on, sheet, 44, top + 12, "", bill.seller());
    block(
      on,
      sheet,
      44,
      top + third + 11,
      trade.oneOf("Consignee (Ship to)", "Consignee"),
      bill.buyer()
    );
    block(
      on,
      sheet,
      44,
      top + 2 * third + 11,
      trade.oneOf("Buyer (Bill to)", "Buyer (if other than consignee)"),
      bill.buyer()
    );
    var cells = List.of(
      Map.entry("Invoice No.", bill.number()),
      Map.entry("Dated", day(trade.oneOf("d-MMM-yy", "dd-MMM-yyyy"), bill)),
      Map.entry("Delivery Note", trade.chance(0.5) ? "DN/" + trade.digits(3) : ""),
      Map.entry("Mode/Terms of Payment", trade.oneOf("30 Days", "Immediate", "")),
      Map.entry(
        "Reference No. & Date.",
        trade.chance(0.4) ? trade.digits(4) + "  dt. " + day("d-MMM-yy", bill) : ""
      ),
      Map.entry("Other References", ""),
      Map.entry("Buyer's Order No.", trade.chance(0.6) ? "PO-" + trade.digits(5) : ""),
      Map.entry("Dated", trade.chance(0.6) ? DAYS.format(bill.date().minusDays(9)) : ""),
      Map.entry("Dispatch Doc No.", ""),
      Map.entry("Delivery Note Date", ""),
      Map.entry("Dispatched through", trade.oneOf("By Road", "Transport", "")),
      Map.entry("Destination", bill.buyer().place())
    );
    for (int index = 0; index < cells.size(); index++) {
      double x = 297 + 129 * (index % 2);
      double y = top + 40 * (index / 2);
      sheet.box(x, y, 129, 40);
      sheet.text(x + 3, y + 10, 7.5, cells.get(index).getKey());
      sheet.bold(x + 3, y + 23, 9, cells.get(index).getValue());
    }
    double y = goods(sheet, bill, trade, top + 250);
    sheet.text(44, y + 12, 7.5, "Amount Chargeable (in words)");
    sheet.right(552, y + 12, 7.5, "E. & O.E");
    sheet.bold(44, y + 24, 9, "INR " + Amounts.inWords(bill.total()).replace("Rupees ", ""));
    y = summary(on, sheet, bill, y + 32);
    sheet.text(44, y + 14, 7.5, "Company's PAN : " + bill.seller().gstin().substring(2, 12));
    sheet.rightBold(552, y + 28, 8.5, "for " + bill.seller().name());
    sheet.right(552, y + 58, 7.5, "Authorised Signatory");
    sheet.center(810, 7.5, "This is a Computer Generated Invoice");
  }

  private void block(Printed on, Sheet sheet, double x, double y, String heading, Party party) {
    double at = on.lines(x, y, 7.5, heading);
    sheet.bold(x, at, 9, party.name());
    on.lines(
      x,
      at + 11,
      7.8,
      party.street() + ", " + party.city(),
      "GSTIN/UIN: " + party.gstin(),
      "State Name : " + party.state().name() + ", Code : " + party.state().code()
    );
  }

  private double goods(Sheet sheet, Bill bill, Trade trade, double top) {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("Sl\nNo.", 4, (line, number) -> "" + number));
    columns.add(Column.text("Description of Goods", 32, (line, number) -> line.product().name()));
    columns.add(Column.text("HSN/SAC", 9, (line, number) -> line.product().hsn()));
    boolean hasRate = trade.chance(0.5);
    if (hasRate) {
      columns.add(Column.number("GST\nRate", 6, (line, number) -> line.rate() + " %"));
    }
    columns.add(
      Column.number("Quantity", 12, (line, number) -> line.quantity() + " " + line.unit())
    );
    columns.add(Column.number("Rate", 10, (line, number) -> grouped(line.price())));
    columns.add(Column.text("per", 6, (line, number) -> line.unit()));
    columns.add(Column.number("Amount", 14, (line, number) -> grouped(line.taxable())));
    var table = new GoodsTable(sheet, 40, 555, 8, columns);
    double y = table.print(top, bill.lines(), false);
    sheet.right(table.rightOf("Amount"), y + 2, 8, grouped(bill.taxable()));
    y += 16;
    y = tax(sheet, bill, table, y, trade);
    if (bill.roundOff().signum() != 0) {
      sheet.rightBold(260, y, 8, trade.oneOf("Round Off", "ROUND OFF", "Rounded Off"));
      var amount = bill.roundOff();
      sheet.right(
        table.rightOf("Amount"),
        y,
        8,
        amount.signum() < 0 ? "(-)" + grouped(amount.abs()) : grouped(amount)
      );
      y += 13;
    }
    double end = Math.max(y + 8, top + 190);
    sheet.line(40, end - 4, 555, end - 4);
    sheet.rightBold(260, end + 8, 8, "Total");
    sheet.rightBold(table.rightOf("Amount"), end + 8, 9, "₹ " + grouped(bill.total()));
    sheet.box(40, top, 515, end + 14 - top);
    return end + 14;
  }

  private double tax(Sheet sheet, Bill bill, GoodsTable table, double top, Trade trade) {
    double y = top;
    var name = trade.oneOf("", "OUTPUT ", "Output ");
    var taxes = bill.isInState()
      ? List.of(
          Map.entry("CGST", bill.cgst()),
          Map.entry(trade.oneOf("SGST", "SGST/UTGST"), bill.cgst())
        )
      : List.of(Map.entry("IGST", bill.igst()));
    for (var tax : taxes) {
      sheet.rightBold(260, y, 8, name + tax.getKey());
      sheet.rightBold(table.rightOf("Amount"), y, 8, grouped(tax.getValue()));
      y += 13;
    }
    return y;
  }

  private double summary(Printed on, Sheet sheet, Bill bill, double top) {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("HSN/SAC", 20, (line, number) -> line.product().hsn()));
    columns.add(Column.number("Taxable\nValue", 14, (line, number) -> grouped(line.taxable())));
    if (bill.isInState()) {
      columns.add(Column.number("CGST\nRate", 8, (line, number) -> half(line)));
      columns.add(Column.number("\nAmount", 12, (line, number) -> grouped(line.cgst())));
      columns.add(Column.number("SGST\nRate", 8, (line, number) -> half(line)));
      columns.add(Column.number("\nAmount", 12, (line, number) -> grouped(line.cgst())));
    } else {
      columns.add(Column.number("IGST\nRate", 8, (line, number) -> line.rate() + "%"));
      columns.add(Column.number("\nAmount", 12, (line, number) -> grouped(line.igst())));
    }
    columns.add(
      Column.number("Total\nTax Amount", 14, (line, number) -> grouped(Printed.tax(line)))
    );
    var table = new GoodsTable(sheet, 40, 555, 7.5, columns);
    double y = table.print(top, on.byHsn(), false);
    sheet.rightBold(150, y + 2, 7.5, "Total");
    sheet.rightBold(table.rightOf("Taxable Value"), y + 2, 7.5, grouped(bill.taxable()));
    sheet.rightBold(552, y + 2, 7.5, grouped(bill.exactTotal().subtract(bill.taxable())));
    sheet.box(40, top, 515, y + 6 - top);
    return y + 8;
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    return BillForm.fields(
      bill,
      "description",
      "hsn_sac",
      "quantity",
      "unit_price",
      "taxable_value"
    );
  }
}
