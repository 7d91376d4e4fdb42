package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;

import dev.billstep.samples.Trade.Line;
import dev.billstep.samples.Trade.Party;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What bills of all layouts are made of, printed from a place on the sheet, in points. */
record BillBlocks(Sheet sheet, Bill bill, Trade trade) {
  static final DateTimeFormatter DASHED = DateTimeFormatter.ofPattern("dd-MM-yyyy");
  private static final List<DateTimeFormatter> DATES = List.of(
    DateTimeFormatter.ofPattern("dd/MM/yyyy"),
    DASHED,
    DateTimeFormatter.ofPattern("dd-MMM-yy", Locale.ENGLISH),
    DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH),
    DateTimeFormatter.ofPattern("dd.MM.yyyy")
  );

  String numberLabel() {
    return inBothScripts(Script::number, numberLabelInEnglish());
  }

  private String numberLabelInEnglish() {
    return trade.oneOf(
      "Invoice No.",
      "Invoice No",
      "Inv #",
      "Invoice #",
      "Bill No",
      "Invoice Number"
    );
  }

  String dateLabel() {
    return inBothScripts(
      Script::date,
      trade.oneOf("Date", "Invoice Date", "Dated", "Inv Date", "Dt.")
    );
  }

  private String inBothScripts(Function<Script, String> label, String english) {
    return trade
      .script()
      .map(script -> label.apply(script) + " / " + english)
      .orElse(english);
  }

  /** The bill's date, as somebody may write it. */
  String date() {
    return trade.oneOf(DATES).format(bill.date());
  }

  String placeOfSupply() {
    return "%s (%s)".formatted(bill.buyer().state().name(), bill.buyer().state().code());
  }

  void labelled(double x, double y, String label, String value) {
    sheet.text(x, y, 10, label + " :");
    sheet.text(x + 95, y, 10, value);
  }

  void party(double x, double y, Party party, String heading, String gstinLabel) {
    double line = y;
    if (!heading.isEmpty()) {
      sheet.text(x, line, 8.5, heading);
      line += 13;
    }
    sheet.bold(x, line, 11, party.name());
    sheet.text(x, line + 13, 9, party.street());
    sheet.text(x, line + 25, 9, party.city() + ", " + party.state().name());
    if (!gstinLabel.isEmpty()) {
      sheet.text(x, line + 38, 9, gstinLabel + party.gstin());
      sheet.text(x, line + 50, 9, "State Code: " + party.state().code());
    }
  }

  /** The item table; gives where it ends. */
  double table(double top, boolean hasLines, boolean hasRates) {
    double[] at = { 40, 62, 215, 262, 302, 340, 400, 470, 555 };
    sheet.bold(at[0] + 2, top + 14, 8, "S.No");
    sheet.bold(at[1] + 2, top + 14, 8, "Description of Goods");
    sheet.bold(at[2] + 2, top + 14, 8, "HSN/SAC");
    sheet.rightBold(at[4] - 3, top + 14, 8, "Qty");
    sheet.bold(at[4] + 2, top + 14, 8, "Unit");
    sheet.rightBold(at[6] - 3, top + 14, 8, "Rate");
    if (hasRates && bill.isTaxed()) {
      sheet.rightBold(at[7] - 3, top + 14, 8, "GST %");
    }
    sheet.rightBold(at[8] - 3, top + 14, 8, bill.isTaxed() ? "Taxable Value" : "Amount");
    double y = top + 20;
    for (var line : bill.lines()) {
      y += 16;
      row(at, y, bill.lines().indexOf(line) + 1, line);
      if (hasRates && bill.isTaxed()) {
        sheet.right(at[7] - 3, y, 8.5, line.rate() + "%");
      }
    }
    double end = y + 8;
    sheet.line(40, top + 20, 555, top + 20);
    if (hasLines) {
      sheet.box(40, top, 515, end - top);
      for (double x : at) {
        sheet.line(x, top, x, end);
      }
    }
    return end;
  }

  private void row(double[] at, double y, int number, Line line) {
    sheet.text(at[0] + 6, y, 8.5, String.valueOf(number));
    sheet.text(at[1] + 2, y, 8.5, sheet.fitting(8.5, at[2] - at[1] - 4, line.product().name()));
    sheet.text(at[2] + 2, y, 8.5, line.product().hsn());
    sheet.right(at[4] - 3, y, 8.5, String.valueOf(line.quantity()));
    sheet.text(at[4] + 2, y, 8.5, line.unit());
    sheet.right(at[6] - 3, y, 8.5, grouped(line.price()));
    sheet.right(at[8] - 3, y, 8.5, grouped(line.taxable()));
  }

  void totals(double top) {
    double y = top;
    y = total(y, bill.isTaxed() ? "Taxable Amount" : "Total", bill.taxable(), false);
    if (bill.isTaxed() && bill.isInState()) {
      y = total(y, "CGST", bill.cgst(), false);
      y = total(y, "SGST", bill.cgst(), false);
    } else if (bill.isTaxed()) {
      y = total(y, "IGST", bill.igst(), false);
    }
    y = total(y, "Round Off", bill.roundOff(), false);
    y = total(y, "Grand Total", bill.total(), true);
    sheet.text(40, y + 6, 9, "Amount in words: " + Amounts.inWords(bill.total()));
    sheet.text(40, y + 40, 8, "Certified that the particulars given above are true and correct.");
    sheet.right(555, y + 40, 9, "For " + bill.seller().name());
    sheet.right(555, y + 75, 9, "Authorised Signatory");
  }

  private double total(double y, String label, BigDecimal amount, boolean isLast) {
    if (isLast) {
      sheet.bold(380, y, 11, label);
      sheet.rightBold(552, y, 11, "Rs. " + grouped(amount));
    } else {
      sheet.text(380, y, 9.5, label);
      sheet.right(552, y, 9.5, grouped(amount));
    }
    return y + 16;
  }

  /** All of a till's roll. */
  void roll(String title) {
    sheet.center(28, 12, bill.seller().name());
    sheet.center(42, 8, bill.seller().street());
    sheet.center(53, 8, bill.seller().city());
    double y = 68;
    if (bill.isTaxed()) {
      sheet.center(y, 8, "GSTIN: " + bill.seller().gstin());
      y += 14;
    }
    sheet.center(y, 9, title);
    y += 16;
    sheet.text(12, y, 8, trade.oneOf("Bill No: ", "BILL NO : ", "Bill #: ") + bill.number());
    sheet.right(214, y, 8, "Date: " + date());
    sheet.line(12, y + 6, 214, y + 6);
    y = rows(12, 214, y + 18, 8);
    sheet.line(12, y, 214, y);
    y += 13;
    if (bill.isTaxed()) {
      sheet.text(90, y, 8, "Sub Total");
      sheet.right(214, y, 8, grouped(bill.taxable()));
      sheet.text(90, y + 12, 8, "CGST @ 2.5%");
      sheet.right(214, y + 12, 8, grouped(bill.cgst()));
      sheet.text(90, y + 24, 8, "SGST @ 2.5%");
      sheet.right(214, y + 24, 8, grouped(bill.cgst()));
      sheet.text(90, y + 36, 8, "Round Off");
      sheet.right(214, y + 36, 8, grouped(bill.roundOff()));
      y += 52;
    }
    sheet.bold(80, y, 10, trade.oneOf("TOTAL", "Grand Total", "NET AMOUNT"));
    sheet.rightBold(214, y, 10, grouped(bill.total()));
    sheet.center(y + 26, 8, "Thank you! Visit again");
  }

  /** What was sold, in four columns; gives where they end. */
  double rows(double left, double right, double top, double points) {
    double width = right - left;
    double qty = left + width * 0.58;
    double rate = left + width * 0.78;
    sheet.bold(left, top, points, "Item");
    sheet.rightBold(qty, top, points, "Qty");
    sheet.rightBold(rate, top, points, "Rate");
    sheet.rightBold(right, top, points, "Amount");
    double y = top;
    for (var line : bill.lines()) {
      y += points * 1.6;
      sheet.text(left, y, points, line.product().name());
      sheet.right(qty, y, points, String.valueOf(line.quantity()));
      sheet.right(rate, y, points, grouped(line.price()));
      sheet.right(right, y, points, grouped(line.taxable()));
    }
    return y + points;
  }
}
