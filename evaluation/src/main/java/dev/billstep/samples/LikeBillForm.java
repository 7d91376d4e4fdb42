package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;

import java.util.ArrayList;

/** Documents that share a bill's look, and all but its title: they are none. */
enum LikeBillForm {
  PURCHASE_ORDER("PURCHASE ORDER", "Purchase Order No.", "Vendor", "Ship To"),
  QUOTATION("QUOTATION", "Quote No.", "Quote To", "Kind Attn."),
  PROFORMA("PROFORMA INVOICE", "Proforma No.", "Bill To", "Ship To"),
  SALES_ORDER("SALES ORDER", "Sales Order No.", "Bill To", "Ship To"),
  DELIVERY_CHALLAN("DELIVERY CHALLAN", "Delivery Challan No.", "Deliver To", "Place of Supply"),
  CREDIT_NOTE("CREDIT NOTE", "Credit Note No.", "Buyer (Bill to)", "Against Invoice No."),
  GOODS_RECEIPT("GOODS RECEIPT NOTE", "GRN No.", "Supplier", "Received At");

  private final String title;
  private final String numberLabel;
  private final String party;
  private final String second;

  LikeBillForm(String title, String numberLabel, String party, String second) {
    this.title = title;
    this.numberLabel = numberLabel;
    this.party = party;
    this.second = second;
  }

  void print(Sheet sheet, Trade trade) {
    var bill = Bill.taxInvoice(trade, trade.between(1, 6), true);
    var on = new Printed(sheet, bill, trade);
    if (trade.chance(0.5)) {
      sheet.center(50, 14, title);
    } else {
      sheet.rightBold(555, 55, 18, title);
    }
    sheet.bold(40, 75, 11, bill.seller().name());
    on.lines(
      40,
      88,
      8.5,
      bill.seller().street() + ", " + bill.seller().city(),
      "GSTIN: " + bill.seller().gstin()
    );
    sheet.text(360, 88, 8.5, numberLabel + " : " + bill.number());
    sheet.text(360, 101, 8.5, "Date : " + Printed.day("dd-MM-yyyy", bill));
    sheet.bold(40, 130, 9, party);
    on.lines(
      40,
      142,
      8.5,
      bill.buyer().name(),
      bill.buyer().street() + ", " + bill.buyer().city(),
      "GSTIN: " + bill.buyer().gstin()
    );
    sheet.bold(300, 130, 9, second);
    sheet.text(300, 142, 8.5, bill.buyer().city());
    var columns = new ArrayList<Column>();
    columns.add(Column.text("Sl No", 5, (line, number) -> "" + number));
    columns.add(Column.text("Description of Goods", 30, (line, number) -> line.product().name()));
    columns.add(Column.text("HSN/SAC", 9, (line, number) -> line.product().hsn()));
    columns.add(
      Column.number("Quantity", 12, (line, number) -> line.quantity() + " " + line.unit())
    );
    columns.add(Column.number("Rate", 10, (line, number) -> grouped(line.price())));
    columns.add(Column.number("Amount", 14, (line, number) -> grouped(line.taxable())));
    double y = new GoodsTable(sheet, 40, 555, 8, columns).print(190, bill.lines(), true) + 12;
    y = on.sum(380, 552, y, 8.5, "Sub Total", bill.taxable());
    y = on.sum(380, 552, y, 8.5, "GST", bill.exactTotal().subtract(bill.taxable()));
    on.boldSum(380, 552, y, 9.5, "Total", grouped(bill.exactTotal()));
    sheet.text(40, y + 30, 8.5, "Amount in words: " + Amounts.inWords(bill.total()));
    sheet.right(552, y + 60, 8.5, "For " + bill.seller().name());
    sheet.right(552, y + 90, 8.5, "Authorised Signatory");
  }
}
