package dev.billstep.samples;

import static dev.billstep.samples.Printed.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Buyer first, the seller below him, and what taxes there are in one cell. */
final class ResellerForm implements BillForm {

  @Override
  public String family() {
    return "RESELLER";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.bold(40, 45, 13, "TAX INVOICE");
    sheet.right(555, 45, 8.5, "Original For Recipient");
    sheet.bold(40, 68, 9, "BILL TO / SHIP TO");
    on.lines(
      40,
      81,
      8,
      "Asha " +
        trade.oneOf("Rao", "Nair", "Gupta") +
        " - " +
        bill.buyer().street() +
        ", " +
        bill.buyer().city(),
      bill.buyer().state().name() + ", India",
      "Place of Supply : " + bill.buyer().state().name()
    );
    sheet.line(300, 58, 300, 190);
    sheet.text(308, 68, 8.5, "Sold by : " + bill.seller().name());
    on.lines(
      308,
      81,
      8,
      bill.seller().street() + ", " + bill.seller().city(),
      bill.seller().state().name(),
      "GSTIN - " + bill.seller().gstin()
    );
    var labels = List.of("Purchase Order No.", "Invoice No.", "Order Date", "Invoice Date");
    var values = List.of(
      trade.digits(12),
      bill.number(),
      day("dd.MM.yyyy", bill),
      day("dd.MM.yyyy", bill)
    );
    for (int index = 0; index < 4; index++) {
      double x = 40 + 130 * index;
      sheet.bold(x, 210, 8.5, labels.get(index));
      sheet.text(x, 223, 8.5, values.get(index));
    }
    boolean isInState = bill.isInState();
    var columns = new ArrayList<Column>();
    columns.add(Column.text("SN.", 4, (line, number) -> "" + number));
    columns.add(Column.text("Description", 28, (line, number) -> line.product().name()));
    columns.add(Column.text("HSN", 8, (line, number) -> line.product().hsn()));
    columns.add(Column.number("Qty", 5, (line, number) -> "" + line.quantity()));
    columns.add(
      Column.number("Gross\nAmount", 12, (line, number) -> "Rs." + Printed.plain(line.taxable()))
    );
    columns.add(Column.number("Discount", 10, (line, number) -> "Rs.0.00"));
    columns.add(
      Column.number("Taxable\nValue", 12, (line, number) -> "Rs." + Printed.plain(line.taxable()))
    );
    columns.add(
      Column.number("Taxes", 18, (line, number) ->
        isInState
          ? "CGST @%s :Rs.%s\nSGST @%s :Rs.%s".formatted(
              Printed.half(line),
              Printed.plain(line.cgst()),
              Printed.half(line),
              Printed.plain(line.cgst())
            )
          : "IGST @%s%% :Rs.%s".formatted(line.rate() + ".0", Printed.plain(line.igst()))
      )
    );
    columns.add(Column.number("Total", 12, (line, number) -> "Rs." + Printed.plain(line.total())));
    var table = new GoodsTable(sheet, 40, 555, 7.5, columns);
    double y = table.print(238, bill.lines(), true);
    sheet.bold(44, y + 11, 8, "Total");
    sheet.rightBold(
      table.rightOf("Taxes"),
      y + 11,
      7.5,
      "Rs." + Printed.plain(bill.exactTotal().subtract(bill.taxable()))
    );
    sheet.rightBold(table.rightOf("Total"), y + 11, 7.5, "Rs." + Printed.plain(bill.exactTotal()));
    sheet.text(
      40,
      y + 40,
      7.5,
      "Tax is not payable on reverse charge basis. This is a computer generated invoice and does not require signature."
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
      "gst_rate",
      "total"
    );
  }
}
