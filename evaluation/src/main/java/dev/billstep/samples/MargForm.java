package dev.billstep.samples;

import static dev.billstep.samples.Printed.day;
import static dev.billstep.samples.Printed.half;

import dev.billstep.samples.Trade.Line;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A chemist's or stockist's: batch, expiry and MRP, discount and both halves of the tax in each line. */
final class MargForm implements BillForm {

  private static final DateTimeFormatter SLASHED = DateTimeFormatter.ofPattern("dd/MM/yyyy");

  @Override
  public String family() {
    return "MARG";
  }

  @Override
  public void print(Printed on, Sheet sheet, Bill bill, Trade trade) {
    sheet.box(30, 30, 535, 780);
    sheet.bold(36, 48, 13, bill.seller().name());
    on.lines(
      36,
      60,
      8,
      bill.seller().street(),
      bill.seller().city() + " " + bill.seller().state().name(),
      "Phone : 0" + trade.digits(10),
      "D.L.No. : " + trade.digits(2) + "B/" + trade.digits(5),
      "GSTIN : " + bill.seller().gstin()
    );
    sheet.bold(255, 48, 11, trade.oneOf("GST INVOICE", "TAX INVOICE"));
    on.lines(
      255,
      66,
      8.5,
      "Invoice No. : " + bill.number(),
      "Date : " + day("dd-MM-yyyy", bill),
      "Due Date : " + SLASHED.format(bill.date().plusDays(21)),
      "L.R. No. : " + trade.digits(4)
    );
    sheet.bold(400, 48, 10, bill.buyer().name());
    on.lines(
      400,
      60,
      8,
      bill.buyer().street(),
      bill.buyer().city(),
      "Ph.No. : 0" + trade.digits(10),
      "D.L.No. : " + trade.digits(2) + "B/" + trade.digits(5),
      "GSTIN : " + bill.buyer().gstin()
    );
    boolean isInState = bill.isInState();
    var columns = new ArrayList<Column>();
    columns.add(Column.text("Sn.", 4, (line, number) -> number + "."));
    columns.add(Column.number("Qty.", 6, (line, number) -> "" + line.quantity()));
    columns.add(Column.text("Pack", 7, (line, number) -> "1*" + number * 5));
    columns.add(
      Column.text(trade.oneOf("Product Name", "Product", "Description"), 26, (line, number) ->
        line.product().name()
      )
    );
    columns.add(Column.text("Batch", 8, (line, number) -> "B" + trade.digits(4)));
    columns.add(Column.text("Exp.", 6, (line, number) -> number + "/27"));
    columns.add(Column.text("HSN", 7, (line, number) -> line.product().hsn()));
    columns.add(
      Column.number("M.R.P.", 9, (line, number) ->
        Printed.plain(line.price().multiply(new BigDecimal("1.3")))
      )
    );
    columns.add(Column.number("Rate", 9, (line, number) -> Printed.plain(line.price())));
    columns.add(Column.number("Disc", 6, (line, number) -> "0.00"));
    if (isInState) {
      columns.add(Column.number("SGST", 6, (line, number) -> half(line).replace("%", "")));
      columns.add(Column.number("CGST", 6, (line, number) -> half(line).replace("%", "")));
    } else {
      columns.add(Column.number("IGST", 6, (line, number) -> line.rate() + ".00"));
    }
    columns.add(Column.number("Amount", 11, (line, number) -> Printed.plain(line.taxable())));
    var table = new GoodsTable(sheet, 30, 565, 7.5, columns);
    double y = Math.max(520, table.print(150, bill.lines(), trade.chance(0.5)) + 20);
    sheet.line(30, y, 565, y);
    double at = y + 14;
    at = on.sum(420, 560, at, 8.5, trade.oneOf("SUB TOTAL", "Sub Total"), bill.taxable());
    if (isInState) {
      at = on.sum(420, 560, at, 8.5, trade.oneOf("SGST PAYBLE", "SGST", "S GST"), bill.cgst());
      at = on.sum(420, 560, at, 8.5, trade.oneOf("CGST PAYBLE", "CGST", "C GST"), bill.cgst());
    } else {
      at = on.sum(420, 560, at, 8.5, "IGST", bill.igst());
    }
    at = on.sum(420, 560, at, 8.5, trade.oneOf("ROUND OFF", "R/OFF"), bill.roundOff());
    on.boldSum(
      420,
      560,
      at + 4,
      10,
      trade.oneOf("GRAND TOTAL", "NET AMT"),
      Printed.plain(bill.total())
    );
    classes(sheet, bill, y);
    sheet.text(36, y + 120, 8.5, "Rs. " + Amounts.inWords(bill.total()).replace("Rupees ", ""));
    on.lines(
      36,
      y + 140,
      7,
      "Terms & Conditions",
      "Goods once sold will not be taken back or exchanged.",
      "Bills not paid by due date will attract 24% interest."
    );
    sheet.text(430, y + 150, 8.5, "For " + bill.seller().name());
    sheet.text(440, y + 190, 8, "Authorised Signatory");
  }

  private void classes(Sheet sheet, Bill bill, double y) {
    double[] right = { 120, 175, 230, 285, 345 };
    var names = List.of("TOTAL", "DISC.", "SGST", "CGST", "TOTAL GST");
    sheet.text(36, y + 12, 7, "CLASS");
    for (int index = 0; index < names.size(); index++) {
      sheet.right(right[index], y + 12, 7, names.get(index));
    }
    double at = y + 24;
    for (int rate : List.of(5, 12, 18, 28)) {
      var lines = bill
        .lines()
        .stream()
        .filter(line -> line.rate() == rate)
        .toList();
      sheet.text(36, at, 7, "GST " + rate + ".00");
      var half = Printed.total(lines, Line::cgst);
      var tax = Printed.total(lines, Printed::tax);
      var amounts = List.of(Printed.total(lines, Line::taxable), Amounts.ZERO, half, half, tax);
      for (int index = 0; index < amounts.size(); index++) {
        sheet.right(right[index], at, 7, Printed.plain(amounts.get(index)));
      }
      at += 11;
    }
    sheet.text(36, at, 7, "TOTAL");
    var all = List.of(
      bill.taxable(),
      Amounts.ZERO,
      bill.cgst(),
      bill.cgst(),
      Printed.total(bill.lines(), Printed::tax)
    );
    for (int index = 0; index < all.size(); index++) {
      sheet.right(right[index], at, 7, Printed.plain(all.get(index)));
    }
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
