package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;
import static dev.billstep.samples.Printed.day;

import dev.billstep.samples.Trade.Line;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A phone's program: amounts with the tax in them in each line, sums and words beside each other. */
final class VyaparForm implements BillForm {

  @Override
  public String family() {
    return "VYAPAR";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.bold(40, 55, 16, bill.seller().name());
    on.lines(
      40,
      72,
      8.5,
      bill.seller().street() + ", " + bill.seller().city(),
      "Phone no.: 9" + trade.digits(9),
      "GSTIN: " +
        bill.seller().gstin() +
        ", State: " +
        bill.seller().state().code() +
        "-" +
        bill.seller().state().name()
    );
    sheet.center(125, 13, "Tax Invoice");
    sheet.text(40, 145, 9, "Bill To");
    sheet.bold(40, 158, 10, bill.buyer().name());
    on.lines(
      40,
      170,
      8.5,
      bill.buyer().street() + ", " + bill.buyer().city(),
      "Contact No.: 9" + trade.digits(9),
      "GSTIN: " + bill.buyer().gstin(),
      "State: " + bill.buyer().state().code() + "-" + bill.buyer().state().name()
    );
    sheet.rightBold(555, 145, 9, "Invoice Details");
    sheet.right(555, 158, 8.5, "Invoice No.: " + bill.number());
    sheet.right(555, 170, 8.5, "Date: " + day("dd-MM-yyyy", bill));
    sheet.right(
      555,
      182,
      8.5,
      "Place of Supply: " + bill.buyer().state().code() + "-" + bill.buyer().state().name()
    );
    sheet.fill(40, 228, 515, 16, new Color(220, 225, 250));
    var columns = new ArrayList<Column>();
    columns.add(Column.text("#", 4, (line, number) -> "" + number));
    columns.add(Column.text("Item name", 28, (line, number) -> line.product().name()));
    columns.add(Column.text("HSN/ SAC", 10, (line, number) -> line.product().hsn()));
    columns.add(Column.number("Quantity", 9, (line, number) -> "" + line.quantity()));
    columns.add(Column.text("Unit", 7, (line, number) -> line.unit()));
    columns.add(Column.number("Price/ Unit", 12, (line, number) -> "₹ " + grouped(line.price())));
    columns.add(
      Column.number(
        "GST",
        14,
        (line, number) -> "₹ " + grouped(Printed.tax(line)) + "\n(" + line.rate() + "%)"
      )
    );
    columns.add(Column.number("Amount", 14, (line, number) -> "₹ " + grouped(line.total())));
    double y = new GoodsTable(sheet, 40, 555, 8, columns).print(230, bill.lines(), false);
    sheet.line(40, y - 6, 555, y - 6);
    sheet.bold(64, y + 5, 8, "Total");
    sheet.rightBold(325, y + 5, 8, "" + bill.lines().stream().mapToInt(Line::quantity).sum());
    sheet.rightBold(552, y + 5, 8, "₹ " + grouped(bill.exactTotal()));
    y += 30;
    double at = on.sum(360, 552, y, 8.5, "Sub Total", bill.taxable());
    for (var tax : bill.isInState() ? List.of("SGST", "CGST") : List.of("IGST")) {
      at = on.sum(360, 552, at, 8.5, tax, bill.isInState() ? bill.cgst() : bill.igst());
    }
    if (bill.roundOff().signum() != 0) {
      at = on.sum(360, 552, at, 8.5, "Round off", bill.roundOff());
    }
    at = on.boldSum(360, 552, at, 9, "Total", "₹ " + grouped(bill.total()));
    at = on.sum(360, 552, at, 8.5, "Received", Amounts.ZERO);
    on.sum(360, 552, at, 8.5, "Balance", bill.total());
    sheet.bold(40, y, 8.5, "Invoice Amount In Words");
    on.wrapped(
      40,
      y + 12,
      8.5,
      290,
      Amounts.inWords(bill.total()).replace("Rupees ", "").replace(" Only", " Rupees only")
    );
    sheet.bold(40, y + 46, 8.5, "Terms and conditions");
    sheet.text(40, y + 58, 8, "Thanks for doing business with us!");
    sheet.text(380, at + 60, 8.5, "For : " + bill.seller().name());
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    return BillForm.fields(
      bill,
      "description",
      "hsn_sac",
      "quantity",
      "unit_price",
      "gst_rate",
      "total"
    );
  }
}
