package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** How bills look: ten ways that are met, with labels and dates spelled as they come. */
enum BillLayout {
  /** Boxes for the parties, labels with values beside them. */
  BOXED(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.center(50, 16, bill.title());
      sheet.box(40, 65, 515, 120);
      sheet.line(300, 65, 300, 185);
      on.party(48, 82, bill.seller(), "", "GSTIN: ");
      on.labelled(310, 85, on.numberLabel(), bill.number());
      on.labelled(310, 103, on.dateLabel(), on.date());
      on.labelled(310, 121, "Place of Supply", on.placeOfSupply());
      on.labelled(310, 139, "Reverse Charge", "No");
      sheet.box(40, 185, 515, 80);
      on.party(48, 202, bill.buyer(), "Bill To:", "GSTIN: ");
      double y = on.table(280, true, true);
      on.totals(y + 20);
    }
  },

  /** Seller and buyer side by side, the table without lines. */
  OPEN(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.bold(40, 60, 18, bill.seller().name());
      sheet.text(40, 76, 9, bill.seller().street() + ", " + bill.seller().city());
      sheet.text(40, 90, 9, "GSTIN/UIN: " + bill.seller().gstin());
      sheet.rightBold(555, 60, 14, bill.title());
      sheet.right(555, 78, 10, on.numberLabel() + ": " + bill.number());
      sheet.right(555, 93, 10, on.dateLabel() + ": " + on.date());
      sheet.line(40, 105, 555, 105);
      on.party(40, 125, bill.buyer(), "Billed to", "GSTIN: ");
      on.party(310, 125, bill.buyer(), "Shipped to", "");
      double y = on.table(225, false, true);
      on.totals(y + 25);
    }
  },

  /** A grid whose cells have their label above the value. */
  GRID(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.center(48, 13, bill.title());
      sheet.box(40, 60, 260, 90);
      on.party(46, 76, bill.seller(), "", "GSTIN/UIN: ");
      sheet.box(40, 150, 260, 90);
      on.party(46, 166, bill.buyer(), "Buyer (Bill to)", "GSTIN/UIN: ");
      var cells = List.of(
        Map.entry(on.numberLabel(), bill.number()),
        Map.entry("Dated", on.date()),
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
      double y = on.table(255, true, false);
      on.totals(y + 20);
    }
  },

  /** A coloured head, a shaded table head, much white. */
  MODERN(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.fill(0, 0, sheet.width(), 12, new Color(20, 90, 150));
      sheet.bold(40, 70, 24, bill.title());
      sheet.text(40, 100, 10, on.numberLabel() + "  " + bill.number());
      sheet.text(40, 116, 10, on.dateLabel() + "  " + on.date());
      on.party(330, 65, bill.seller(), "From", "GSTIN ");
      on.party(330, 160, bill.buyer(), "To", "GSTIN ");
      sheet.fill(40, 262, 515, 20, new Color(225, 235, 245));
      double y = on.table(262, false, true);
      on.totals(y + 30);
    }
  },

  /** An e-invoice: IRN and acknowledgement above everything. */
  E_INVOICE(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.center(45, 13, bill.title() + " (e-Invoice)");
      sheet.text(40, 65, 8, "IRN : " + bill.irn());
      sheet.text(40, 78, 8, "Ack No. : " + bill.ackNumber());
      sheet.text(300, 78, 8, "Ack Date : " + BillBlocks.DASHED.format(bill.date()));
      sheet.box(40, 90, 515, 95);
      on.party(46, 106, bill.seller(), "Supplier", "GSTIN : ");
      on.labelled(320, 110, on.numberLabel(), bill.number());
      on.labelled(320, 128, on.dateLabel(), on.date());
      sheet.box(40, 185, 515, 90);
      on.party(46, 201, bill.buyer(), "Recipient", "GSTIN : ");
      double y = on.table(290, true, true);
      on.totals(y + 20);
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
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.center(50, 15, bill.seller().name());
      sheet.center(66, 9, bill.seller().street() + ", " + bill.seller().city());
      sheet.center(80, 9, "GSTIN " + bill.seller().gstin());
      sheet.center(104, 12, bill.title());
      sheet.text(40, 122, 9, "Composition taxable person, not eligible to collect tax on supplies");
      on.labelled(40, 145, on.numberLabel(), bill.number());
      on.labelled(330, 145, on.dateLabel(), on.date());
      on.party(40, 170, bill.buyer(), "M/s", "GSTIN: ");
      double y = on.table(255, true, true);
      on.totals(y + 20);
    }

    @Override
    Bill make(Trade trade) {
      return Bill.taxInvoice(trade, trade.between(1, 6), false);
    }
  },

  /** Many rows, small print. */
  LONG(false) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.bold(40, 45, 14, bill.title());
      on.labelled(330, 45, on.numberLabel(), bill.number());
      on.labelled(330, 60, on.dateLabel(), on.date());
      on.party(40, 70, bill.seller(), "Sold By", "GSTIN: ");
      on.party(310, 85, bill.buyer(), "Billing Address", "GSTIN: ");
      double y = on.table(175, true, true);
      on.totals(y + 20);
    }

    @Override
    Bill make(Trade trade) {
      return Bill.taxInvoice(trade, trade.between(9, 14), true);
    }
  },

  /** A till's roll. */
  TILL_ROLL(true) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      on.roll(trade.oneOf("CASH MEMO", "RETAIL INVOICE", "CASH BILL"));
    }
  },

  /** A restaurant's bill, with its share of tax. */
  RESTAURANT(true) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      on.roll("TAX INVOICE");
    }

    @Override
    Bill make(Trade trade) {
      return Bill.receipt(trade, true);
    }
  },

  /** A hotel's or shop's bill on half a sheet. */
  HALF_SHEET(true) {
    @Override
    void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade) {
      sheet.center(35, 14, bill.seller().name());
      sheet.center(50, 8, bill.seller().street() + ", " + bill.seller().city());
      sheet.bold(30, 75, 10, "BILL");
      on.labelled(30, 92, trade.oneOf("Bill No.", "Bill No", "No."), bill.number());
      on.labelled(250, 92, "Date", on.date());
      sheet.line(30, 102, 390, 102);
      double y = on.rows(30, 390, 116, 9);
      sheet.line(30, y, 390, y);
      sheet.bold(220, y + 16, 10, "Total");
      sheet.rightBold(390, y + 16, 10, grouped(bill.total()));
      sheet.text(30, y + 40, 8, Amounts.inWords(bill.total()));
    }
  };

  private static final PDRectangle ROLL = new PDRectangle(226, 420);

  private final boolean isReceipt;

  BillLayout(boolean isReceipt) {
    this.isReceipt = isReceipt;
  }

  void print(Sheet sheet, Bill bill, Trade trade) {
    print(new BillBlocks(sheet, bill, trade), sheet, bill, trade);
  }

  abstract void print(BillBlocks on, Sheet sheet, Bill bill, Trade trade);

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
}
