package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;

import dev.billstep.samples.Trade.Line;
import dev.billstep.samples.Trade.Party;
import java.awt.Color;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** How bills look: ten ways that are met, with labels and dates spelled as they come. */
enum BillLayout {
  /** Boxes for the parties, labels with values beside them. */
  BOXED(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.center(50, 16, bill.title());
      sheet.box(40, 65, 515, 120);
      sheet.line(300, 65, 300, 185);
      party(sheet, 48, 82, bill.seller(), "", "GSTIN: ");
      labelled(sheet, 310, 85, number(trade), bill.number());
      labelled(sheet, 310, 103, dateLabel(trade), date(trade, bill.date()));
      labelled(sheet, 310, 121, "Place of Supply", place(bill));
      labelled(sheet, 310, 139, "Reverse Charge", "No");
      sheet.box(40, 185, 515, 80);
      party(sheet, 48, 202, bill.buyer(), "Bill To:", "GSTIN: ");
      double y = table(sheet, bill, 280, true, true);
      totals(sheet, bill, y + 20);
    }
  },

  /** Seller and buyer side by side, the table without lines. */
  OPEN(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.bold(40, 60, 18, bill.seller().name());
      sheet.text(40, 76, 9, bill.seller().street() + ", " + bill.seller().city());
      sheet.text(40, 90, 9, "GSTIN/UIN: " + bill.seller().gstin());
      sheet.rightBold(555, 60, 14, bill.title());
      sheet.right(555, 78, 10, number(trade) + ": " + bill.number());
      sheet.right(555, 93, 10, dateLabel(trade) + ": " + date(trade, bill.date()));
      sheet.line(40, 105, 555, 105);
      party(sheet, 40, 125, bill.buyer(), "Billed to", "GSTIN: ");
      party(sheet, 310, 125, bill.buyer(), "Shipped to", "");
      double y = table(sheet, bill, 225, false, true);
      totals(sheet, bill, y + 25);
    }
  },

  /** A grid whose cells have their label above the value. */
  GRID(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.center(48, 13, bill.title());
      sheet.box(40, 60, 260, 90);
      party(sheet, 46, 76, bill.seller(), "", "GSTIN/UIN: ");
      sheet.box(40, 150, 260, 90);
      party(sheet, 46, 166, bill.buyer(), "Buyer (Bill to)", "GSTIN/UIN: ");
      var cells = List.of(
        Map.entry(number(trade), bill.number()),
        Map.entry("Dated", date(trade, bill.date())),
        Map.entry("Delivery Note", "DN" + trade.digits(4)),
        Map.entry("Mode/Terms of Payment", "30 days"),
        Map.entry("Dispatched through", "By road"),
        Map.entry("Destination", bill.buyer().place())
      );
      for (int index = 0; index < cells.size(); index++) {
        double x = 300 + 127.5 * (index % 2);
        double y = 60 + 60 * (index / 2);
        sheet.box(x, y, 127.5, 60);
        sheet.text(x + 5, y + 14, 8, cells.get(index).getKey());
        sheet.bold(x + 5, y + 32, 10, cells.get(index).getValue());
      }
      double y = table(sheet, bill, 255, true, false);
      totals(sheet, bill, y + 20);
    }
  },

  /** A coloured head, a shaded table head, much white. */
  MODERN(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.fill(0, 0, sheet.width(), 12, new Color(20, 90, 150));
      sheet.bold(40, 70, 24, bill.title());
      sheet.text(40, 100, 10, number(trade) + "  " + bill.number());
      sheet.text(40, 116, 10, dateLabel(trade) + "  " + date(trade, bill.date()));
      party(sheet, 330, 65, bill.seller(), "From", "GSTIN ");
      party(sheet, 330, 160, bill.buyer(), "To", "GSTIN ");
      sheet.fill(40, 262, 515, 20, new Color(225, 235, 245));
      double y = table(sheet, bill, 262, false, true);
      totals(sheet, bill, y + 30);
    }
  },

  /** An e-invoice: IRN and acknowledgement above everything. */
  E_INVOICE(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.center(45, 13, bill.title() + " (e-Invoice)");
      sheet.text(40, 65, 8, "IRN : " + bill.irn());
      sheet.text(40, 78, 8, "Ack No. : " + bill.ackNumber());
      sheet.text(300, 78, 8, "Ack Date : " + DASHED.format(bill.date()));
      sheet.box(40, 90, 515, 95);
      party(sheet, 46, 106, bill.seller(), "Supplier", "GSTIN : ");
      labelled(sheet, 320, 110, number(trade), bill.number());
      labelled(sheet, 320, 128, dateLabel(trade), date(trade, bill.date()));
      sheet.box(40, 185, 515, 90);
      party(sheet, 46, 201, bill.buyer(), "Recipient", "GSTIN : ");
      double y = table(sheet, bill, 290, true, true);
      totals(sheet, bill, y + 20);
    }

    @Override
    Map<String, Object> expected(Bill bill) {
      var fields = super.expected(bill);
      fields.put("irn", bill.irn());
      fields.put("ack_number", bill.ackNumber());
      return fields;
    }
  },

  /** No tax: a composition dealer's bill. */
  BILL_OF_SUPPLY(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.center(50, 15, bill.seller().name());
      sheet.center(66, 9, bill.seller().street() + ", " + bill.seller().city());
      sheet.center(80, 9, "GSTIN " + bill.seller().gstin());
      sheet.center(104, 12, bill.title());
      sheet.text(40, 122, 9, "Composition taxable person, not eligible to collect tax on supplies");
      labelled(sheet, 40, 145, number(trade), bill.number());
      labelled(sheet, 330, 145, dateLabel(trade), date(trade, bill.date()));
      party(sheet, 40, 170, bill.buyer(), "M/s", "GSTIN: ");
      double y = table(sheet, bill, 255, true, true);
      totals(sheet, bill, y + 20);
    }

    @Override
    Bill make(Trade trade) {
      return Bill.taxInvoice(trade, trade.between(1, 6), false);
    }
  },

  /** Many rows, small print. */
  LONG(false) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.bold(40, 45, 14, bill.title());
      labelled(sheet, 330, 45, number(trade), bill.number());
      labelled(sheet, 330, 60, dateLabel(trade), date(trade, bill.date()));
      party(sheet, 40, 70, bill.seller(), "Sold By", "GSTIN: ");
      party(sheet, 310, 85, bill.buyer(), "Billing Address", "GSTIN: ");
      double y = table(sheet, bill, 175, true, true);
      totals(sheet, bill, y + 20);
    }

    @Override
    Bill make(Trade trade) {
      return Bill.taxInvoice(trade, trade.between(9, 14), true);
    }
  },

  /** A till's roll. */
  TILL_ROLL(true) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      roll(sheet, bill, trade, trade.oneOf("CASH MEMO", "RETAIL INVOICE", "CASH BILL"));
    }
  },

  /** A restaurant's bill, with its share of tax. */
  RESTAURANT(true) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      roll(sheet, bill, trade, "TAX INVOICE");
    }

    @Override
    Bill make(Trade trade) {
      return Bill.receipt(trade, true);
    }
  },

  /** A hotel's or shop's bill on half a sheet. */
  HALF_SHEET(true) {
    @Override
    void print(Sheet sheet, Bill bill, Trade trade) {
      sheet.center(35, 14, bill.seller().name());
      sheet.center(50, 8, bill.seller().street() + ", " + bill.seller().city());
      sheet.bold(30, 75, 10, "BILL");
      labelled(sheet, 30, 92, trade.oneOf("Bill No.", "Bill No", "No."), bill.number());
      labelled(sheet, 250, 92, "Date", date(trade, bill.date()));
      sheet.line(30, 102, 390, 102);
      double y = rows(sheet, bill, 30, 390, 116, 9);
      sheet.line(30, y, 390, y);
      sheet.bold(220, y + 16, 10, "Total");
      sheet.rightBold(390, y + 16, 10, grouped(bill.total()));
      sheet.text(30, y + 40, 8, Amounts.inWords(bill.total()));
    }
  };

  private static final PDRectangle ROLL = new PDRectangle(226, 420);
  private static final DateTimeFormatter DASHED = DateTimeFormatter.ofPattern("dd-MM-yyyy");
  private static final List<DateTimeFormatter> DATES = List.of(
    DateTimeFormatter.ofPattern("dd/MM/yyyy"),
    DASHED,
    DateTimeFormatter.ofPattern("dd-MMM-yy", Locale.ENGLISH),
    DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH),
    DateTimeFormatter.ofPattern("dd.MM.yyyy")
  );

  private final boolean isReceipt;

  BillLayout(boolean isReceipt) {
    this.isReceipt = isReceipt;
  }

  abstract void print(Sheet sheet, Bill bill, Trade trade);

  Bill make(Trade trade) {
    return isReceipt
      ? Bill.receipt(trade, false)
      : Bill.taxInvoice(trade, trade.between(1, 6), true);
  }

  Map<String, Object> expected(Bill bill) {
    return isReceipt ? bill.expectedOfReceipt() : bill.expected();
  }

  PDRectangle size() {
    return switch (this) {
      case TILL_ROLL, RESTAURANT -> ROLL;
      case HALF_SHEET -> PDRectangle.A5;
      default -> PDRectangle.A4;
    };
  }

  static String number(Trade trade) {
    return trade.oneOf(
      "Invoice No.",
      "Invoice No",
      "Inv #",
      "Invoice #",
      "Bill No",
      "Invoice Number"
    );
  }

  static String dateLabel(Trade trade) {
    return trade.oneOf("Date", "Invoice Date", "Dated", "Inv Date", "Dt.");
  }

  static String date(Trade trade, LocalDate date) {
    return trade.oneOf(DATES).format(date);
  }

  private static String place(Bill bill) {
    return "%s (%s)".formatted(bill.buyer().state().name(), bill.buyer().state().code());
  }

  static void labelled(Sheet sheet, double x, double y, String label, String value) {
    sheet.text(x, y, 10, label + " :");
    sheet.text(x + 95, y, 10, value);
  }

  static void party(
    Sheet sheet,
    double x,
    double y,
    Party party,
    String heading,
    String gstinLabel
  ) {
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
  private static double table(
    Sheet sheet,
    Bill bill,
    double top,
    boolean hasLines,
    boolean hasRates
  ) {
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
      row(sheet, at, y, bill.lines().indexOf(line) + 1, line);
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

  private static void row(Sheet sheet, double[] at, double y, int number, Line line) {
    sheet.text(at[0] + 6, y, 8.5, String.valueOf(number));
    sheet.text(at[1] + 2, y, 8.5, sheet.fitting(8.5, at[2] - at[1] - 4, line.product().name()));
    sheet.text(at[2] + 2, y, 8.5, line.product().hsn());
    sheet.right(at[4] - 3, y, 8.5, String.valueOf(line.quantity()));
    sheet.text(at[4] + 2, y, 8.5, line.unit());
    sheet.right(at[6] - 3, y, 8.5, grouped(line.price()));
    sheet.right(at[8] - 3, y, 8.5, grouped(line.taxable()));
  }

  private static void totals(Sheet sheet, Bill bill, double top) {
    double y = top;
    y = total(sheet, y, bill.isTaxed() ? "Taxable Amount" : "Total", bill.taxable(), false);
    if (bill.isTaxed() && bill.isInState()) {
      y = total(sheet, y, "CGST", bill.cgst(), false);
      y = total(sheet, y, "SGST", bill.cgst(), false);
    } else if (bill.isTaxed()) {
      y = total(sheet, y, "IGST", bill.igst(), false);
    }
    y = total(sheet, y, "Round Off", bill.roundOff(), false);
    y = total(sheet, y, "Grand Total", bill.total(), true);
    sheet.text(40, y + 6, 9, "Amount in words: " + Amounts.inWords(bill.total()));
    sheet.text(40, y + 40, 8, "Certified that the particulars given above are true and correct.");
    sheet.right(555, y + 40, 9, "For " + bill.seller().name());
    sheet.right(555, y + 75, 9, "Authorised Signatory");
  }

  private static double total(
    Sheet sheet,
    double y,
    String label,
    BigDecimal amount,
    boolean isLast
  ) {
    if (isLast) {
      sheet.bold(380, y, 11, label);
      sheet.rightBold(552, y, 11, "Rs. " + grouped(amount));
    } else {
      sheet.text(380, y, 9.5, label);
      sheet.right(552, y, 9.5, grouped(amount));
    }
    return y + 16;
  }

  private static void roll(Sheet sheet, Bill bill, Trade trade, String title) {
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
    sheet.right(214, y, 8, "Date: " + date(trade, bill.date()));
    sheet.line(12, y + 6, 214, y + 6);
    y = rows(sheet, bill, 12, 214, y + 18, 8);
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

  private static double rows(
    Sheet sheet,
    Bill bill,
    double left,
    double right,
    double top,
    double points
  ) {
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
