package dev.billstep.samples;

import static dev.billstep.samples.Printed.day;
import static dev.billstep.samples.Printed.half;

import dev.billstep.samples.Trade.Party;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The form that was on everybody's desk in 2017: receiver and consignee, every tax with rate and amount. */
final class SpreadsheetForm implements BillForm {

  @Override
  public String family() {
    return "SPREADSHEET";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.center(45, 15, bill.seller().name().toUpperCase(Locale.ROOT));
    sheet.center(
      60,
      8.5,
      bill.seller().street() + ", " + bill.seller().city() + ", " + bill.seller().state().name()
    );
    sheet.center(74, 9, "GSTIN : " + bill.seller().gstin());
    sheet.fill(40, 82, 515, 16, new Color(200, 215, 235));
    sheet.center(94, 11, "Tax Invoice");
    double y = 112;
    var left = List.of(
      Map.entry("Invoice No:", bill.number()),
      Map.entry("Invoice date:", day("dd/MM/yyyy", bill)),
      Map.entry("Reverse Charge (Y/N):", "N"),
      Map.entry("State:", bill.seller().state().name())
    );
    var right = List.of(
      Map.entry("Transport Mode:", "Road"),
      Map.entry("Vehicle number:", trade.vehicle(bill.seller().state())),
      Map.entry("Date of Supply:", day("dd/MM/yyyy", bill)),
      Map.entry("Place of Supply:", bill.buyer().state().name())
    );
    for (int index = 0; index < 4; index++) {
      sheet.text(44, y, 8.5, left.get(index).getKey());
      sheet.text(150, y, 8.5, left.get(index).getValue());
      sheet.text(304, y, 8.5, right.get(index).getKey());
      sheet.text(400, y, 8.5, right.get(index).getValue());
      y += 13;
    }
    sheet.bold(100, y + 4, 9, trade.oneOf("Bill to Party", "Details of Receiver | Billed to:"));
    sheet.bold(360, y + 4, 9, trade.oneOf("Ship to Party", "Details of Consignee | Shipped to:"));
    for (double x : List.of(44.0, 304.0)) {
      on.lines(
        x,
        y + 18,
        8.5,
        "Name: " + bill.buyer().name(),
        "Address: " + bill.buyer().street() + ", " + bill.buyer().city(),
        "GSTIN: " + bill.buyer().gstin(),
        "State: " + bill.buyer().state().name() + "   Code " + bill.buyer().state().code()
      );
    }
    var columns = new ArrayList<Column>();
    columns.add(Column.text("S.\nNo.", 4, (line, number) -> "" + number));
    columns.add(Column.text("Product Description", 22, (line, number) -> line.product().name()));
    columns.add(Column.text("HSN\ncode", 7, (line, number) -> line.product().hsn()));
    columns.add(Column.text("UOM", 6, (line, number) -> line.unit()));
    columns.add(Column.number("Qty", 5, (line, number) -> "" + line.quantity()));
    columns.add(Column.number("Rate", 9, (line, number) -> Printed.plain(line.price())));
    columns.add(Column.number("Amount", 11, (line, number) -> Printed.plain(line.taxable())));
    columns.add(
      Column.number("Taxable\nValue", 11, (line, number) -> Printed.plain(line.taxable()))
    );
    if (bill.isInState()) {
      columns.add(Column.number("CGST\nRate", 6, (line, number) -> half(line)));
      columns.add(Column.number("\nAmount", 9, (line, number) -> Printed.plain(line.cgst())));
      columns.add(Column.number("SGST\nRate", 6, (line, number) -> half(line)));
      columns.add(Column.number("\nAmount", 9, (line, number) -> Printed.plain(line.cgst())));
    } else {
      columns.add(Column.number("IGST\nRate", 6, (line, number) -> line.rate() + "%"));
      columns.add(Column.number("\nAmount", 10, (line, number) -> Printed.plain(line.igst())));
    }
    columns.add(Column.number("Total", 11, (line, number) -> Printed.plain(line.total())));
    var table = new GoodsTable(sheet, 40, 555, 7, columns);
    double end = table.print(y + 76, bill.lines(), true);
    sheet.bold(90, end + 10, 7.5, "Total");
    sheet.rightBold(table.rightOf("Taxable Value"), end + 10, 7, Printed.plain(bill.taxable()));
    sheet.rightBold(552, end + 10, 7, Printed.plain(bill.exactTotal()));
    double at = end + 30;
    sheet.text(44, at, 8.5, "Total Invoice amount in words");
    on.wrapped(44, at + 13, 8.5, 270, Amounts.inWords(bill.total()));
    at = on.sum(330, 552, at, 8.5, "Total Amount before Tax", bill.taxable());
    for (var tax : bill.isInState() ? List.of("Add: CGST", "Add: SGST") : List.of("Add: IGST")) {
      at = on.sum(330, 552, at, 8.5, tax, bill.isInState() ? bill.cgst() : bill.igst());
    }
    at = on.sum(330, 552, at, 8.5, "Total Tax Amount", bill.exactTotal().subtract(bill.taxable()));
    at = on.sum(330, 552, at, 8.5, "Round off", bill.roundOff());
    at = on.boldSum(330, 552, at, 9, "Total Amount after Tax:", "₹ " + Printed.plain(bill.total()));
    sheet.text(330, at, 8.5, "GST on Reverse Charge");
    sheet.right(552, at, 8.5, "0");
    on.lines(
      44,
      at + 10,
      8,
      "Bank Details",
      "Bank A/C: " + trade.digits(11),
      "Bank IFSC: SBIN000" + trade.digits(4)
    );
    sheet.text(400, at + 40, 8.5, "For " + bill.seller().name());
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    return BillForm.fields(
      bill,
      "description",
      "hsn_sac",
      "quantity",
      "unit_price",
      "taxable_value",
      "gst_rate",
      "total"
    );
  }
}
