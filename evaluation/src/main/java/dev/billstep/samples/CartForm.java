package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;
import static dev.billstep.samples.Printed.day;

import dev.billstep.samples.Trade.Line;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The seller on the left with where it was shipped from, gross, discount and taxable value of each line. */
final class CartForm implements BillForm {

  @Override
  public String family() {
    return "CART";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.bold(40, 50, 12, "Tax Invoice");
    sheet.text(220, 50, 8, "Order Id: OD" + trade.digits(18));
    sheet.text(
      220,
      62,
      8,
      "Order Date: " +
        DateTimeFormatter.ofPattern("dd-MM-yyyy").format(bill.date().minusDays(2)) +
        ", 09:12 PM"
    );
    sheet.text(410, 50, 8, "Invoice No: " + bill.number());
    sheet.text(410, 62, 8, "Invoice Date: " + day("dd-MM-yyyy", bill) + ", 10:02 AM");
    sheet.text(410, 74, 8, "GSTIN: " + bill.seller().gstin());
    sheet.text(410, 86, 8, "PAN: " + bill.seller().gstin().substring(2, 12));
    sheet.line(40, 92, 555, 92);
    sheet.bold(40, 106, 8.5, "Sold By");
    on.lines(
      40,
      118,
      8,
      bill.seller().name(),
      bill.seller().street(),
      bill.seller().city() + ", " + bill.seller().state().name()
    );
    sheet.bold(220, 106, 8.5, "Shipping ADDRESS");
    sheet.bold(410, 106, 8.5, "Billing Address");
    for (double x : List.of(220.0, 410.0)) {
      on.lines(
        x,
        118,
        8,
        "Asha " + trade.oneOf("Rao", "Nair", "Gupta"),
        bill.buyer().street(),
        bill.buyer().city() + ", " + bill.buyer().state().name()
      );
    }
    sheet.line(40, 165, 555, 165);
    boolean isInState = bill.isInState();
    var columns = new ArrayList<Column>();
    columns.add(Column.text("Product", 14, (line, number) -> "HSN/SAC: " + line.product().hsn()));
    columns.add(Column.text("Description", 24, (line, number) -> line.product().name()));
    columns.add(Column.number("Qty", 5, (line, number) -> "" + line.quantity()));
    columns.add(Column.number("Gross\nAmount", 11, (line, number) -> grouped(line.total())));
    columns.add(Column.number("Discount", 9, (line, number) -> "0.00"));
    columns.add(Column.number("Taxable\nValue", 11, (line, number) -> grouped(line.taxable())));
    if (isInState) {
      columns.add(Column.number("CGST", 10, (line, number) -> grouped(line.cgst())));
      columns.add(Column.number("SGST/\nUTGST", 10, (line, number) -> grouped(line.cgst())));
    } else {
      columns.add(Column.number("IGST", 10, (line, number) -> grouped(line.igst())));
    }
    columns.add(Column.number("Total", 11, (line, number) -> grouped(line.total())));
    var table = new GoodsTable(sheet, 40, 555, 8, columns);
    double y = table.print(172, bill.lines(), false);
    sheet.line(40, y, 555, y);
    sheet.bold(
      140,
      y + 12,
      8.5,
      trade.oneOf("Total", "TOTAL QTY: " + bill.lines().stream().mapToInt(Line::quantity).sum())
    );
    sheet.rightBold(table.rightOf("Taxable Value"), y + 12, 8, grouped(bill.taxable()));
    if (isInState) {
      sheet.rightBold(table.rightOf("CGST"), y + 12, 8, grouped(bill.cgst()));
      sheet.rightBold(table.rightOf("SGST/ UTGST"), y + 12, 8, grouped(bill.cgst()));
    } else {
      sheet.rightBold(table.rightOf("IGST"), y + 12, 8, grouped(bill.igst()));
    }
    sheet.rightBold(table.rightOf("Total"), y + 12, 8, grouped(bill.exactTotal()));
    sheet.line(40, y + 18, 555, y + 18);
    sheet.rightBold(480, y + 36, 11, trade.oneOf("Grand Total", "TOTAL PRICE:"));
    sheet.rightBold(553, y + 36, 11, "₹ " + grouped(bill.exactTotal()));
    sheet.right(553, y + 52, 8, bill.seller().name());
    sheet.right(553, y + 80, 8, "Authorized Signatory");
    sheet.text(
      40,
      y + 100,
      7,
      "E. & O.E. Regd. office: " + bill.seller().name() + ", " + bill.seller().street()
    );
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    return BillForm.fieldsOfMarketplace(
      bill,
      "description",
      "hsn_sac",
      "quantity",
      "taxable_value",
      "total"
    );
  }
}
