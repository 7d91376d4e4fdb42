package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;
import static dev.billstep.samples.Printed.day;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/** Both parties at the top, the buyer on the right; each half of the tax on a line of its own. */
final class OrderSlipForm implements BillForm {

  @Override
  public String family() {
    return "ORDER_SLIP";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.rightBold(555, 50, 11, "Tax Invoice/Bill of Supply/Cash Memo");
    sheet.right(555, 63, 9, "(Original for Recipient)");
    sheet.bold(40, 95, 9, "Sold By :");
    on.lines(
      40,
      108,
      8.5,
      bill.seller().name(),
      bill.seller().street(),
      bill.seller().city() + ", " + bill.seller().state().name(),
      "IN"
    );
    on.addressedTo(95, "Billing Address :", bill.buyer());
    sheet.bold(40, 175, 8.5, "PAN No: ");
    sheet.text(80, 175, 8.5, bill.seller().gstin().substring(2, 12));
    sheet.bold(40, 188, 8.5, "GST Registration No: ");
    sheet.text(140, 188, 8.5, bill.seller().gstin());
    on.addressedTo(185, "Shipping Address :", bill.buyer());
    sheet.right(
      555,
      262,
      8.5,
      "Place of supply: " + bill.buyer().state().name().toUpperCase(Locale.ROOT)
    );
    sheet.right(
      555,
      274,
      8.5,
      "Place of delivery: " + bill.buyer().state().name().toUpperCase(Locale.ROOT)
    );
    sheet.bold(40, 290, 8.5, "Order Number: ");
    sheet.text(
      108,
      290,
      8.5,
      "4%s-%s-%s".formatted(trade.digits(2), trade.digits(7), trade.digits(7))
    );
    sheet.right(555, 290, 8.5, "Invoice Number : " + bill.number());
    sheet.bold(40, 303, 8.5, "Order Date: ");
    sheet.text(
      95,
      303,
      8.5,
      DateTimeFormatter.ofPattern("dd.MM.yyyy").format(bill.date().minusDays(1))
    );
    sheet.right(
      555,
      303,
      8.5,
      "Invoice Details : %s-%s-2526".formatted(bill.seller().state().code(), trade.digits(9))
    );
    sheet.right(555, 316, 8.5, "Invoice Date : " + day("dd.MM.yyyy", bill));
    boolean isInState = bill.isInState();
    var columns = new ArrayList<Column>();
    columns.add(Column.text("Sl.\nNo", 4, (line, number) -> "" + number));
    columns.add(
      Column.text(
        "Description",
        30,
        (line, number) -> line.product().name() + "\nHSN:" + line.product().hsn()
      )
    );
    columns.add(Column.number("Unit\nPrice", 10, (line, number) -> "₹" + grouped(line.price())));
    columns.add(Column.number("Qty", 5, (line, number) -> "" + line.quantity()));
    columns.add(Column.number("Net\nAmount", 11, (line, number) -> "₹" + grouped(line.taxable())));
    columns.add(
      Column.number("Tax\nRate", 7, (line, number) ->
        isInState ? Printed.half(line) + "\n" + Printed.half(line) : line.rate() + "%"
      )
    );
    columns.add(Column.text("Tax\nType", 7, (line, number) -> isInState ? "CGST\nSGST" : "IGST"));
    columns.add(
      Column.number("Tax\nAmount", 10, (line, number) ->
        isInState
          ? "₹" + grouped(line.cgst()) + "\n₹" + grouped(line.cgst())
          : "₹" + grouped(line.igst())
      )
    );
    columns.add(Column.number("Total\nAmount", 11, (line, number) -> "₹" + grouped(line.total())));
    var table = new GoodsTable(sheet, 40, 555, 8, columns);
    double y = table.print(330, bill.lines(), true);
    sheet.bold(44, y + 11, 9, "TOTAL:");
    sheet.rightBold(
      table.rightOf("Tax Amount"),
      y + 11,
      8,
      "₹" + grouped(bill.exactTotal().subtract(bill.taxable()))
    );
    sheet.rightBold(table.rightOf("Total Amount"), y + 11, 8, "₹" + grouped(bill.exactTotal()));
    sheet.box(40, y, 515, 16);
    sheet.bold(44, y + 28, 8.5, "Amount in Words:");
    sheet.bold(
      44,
      y + 40,
      9,
      Amounts.inWords(bill.exactTotal()).replace("Rupees ", "").replace(" Only", " only")
    );
    sheet.rightBold(550, y + 60, 9, "For " + bill.seller().name() + ":");
    sheet.rightBold(550, y + 95, 9, "Authorized Signatory");
    sheet.text(40, y + 112, 8.5, "Whether tax is payable under reverse charge - No");
  }

  @Override
  public Map<String, Object> expected(Bill bill) {
    return BillForm.fieldsOfMarketplace(
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
