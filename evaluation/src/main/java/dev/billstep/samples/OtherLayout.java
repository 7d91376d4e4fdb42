package dev.billstep.samples;

import java.awt.Color;
import java.util.List;

/** Pages that come with bills and are none. */
enum OtherLayout {
  LETTER {
    @Override
    void print(Sheet sheet, Trade trade) {
      var from = trade.party();
      sheet.bold(60, 70, 14, from.name());
      sheet.text(60, 88, 10, from.street() + ", " + from.city());
      sheet.text(60, 130, 11, "To,");
      sheet.text(60, 146, 11, "The Manager, " + trade.party().name());
      sheet.text(60, 180, 11, "Subject: " + SUBJECTS.get(trade.between(0, SUBJECTS.size() - 1)));
      double y = 215;
      for (var sentence : trade.chance(0.5) ? SENTENCES : SENTENCES.reversed()) {
        sheet.text(60, y, 11, sentence);
        y += 18;
      }
      sheet.text(60, y + 30, 11, "Yours faithfully,");
      sheet.text(60, y + 70, 11, "For " + from.name());
    }
  },

  PACKING_LIST {
    @Override
    void print(Sheet sheet, Trade trade) {
      sheet.center(60, 15, "PACKING LIST");
      sheet.text(50, 95, 10, "Consignee: " + trade.party().name());
      sheet.text(50, 112, 10, "Case No.");
      sheet.text(120, 112, 10, "Contents");
      sheet.text(360, 112, 10, "Net Wt (kg)");
      sheet.text(450, 112, 10, "Gross Wt (kg)");
      double y = 132;
      for (var line : trade.goods(trade.between(3, 8), false, true)) {
        sheet.text(50, y, 10, trade.digits(3));
        sheet.text(120, y, 10, line.product().name());
        sheet.text(370, y, 10, String.valueOf(trade.between(5, 80)));
        sheet.text(460, y, 10, String.valueOf(trade.between(81, 120)));
        y += 18;
      }
      sheet.text(50, y + 20, 10, "Total cases: " + trade.between(3, 40));
      sheet.text(50, y + 38, 10, "Packed by: Stores");
    }
  },

  LORRY_RECEIPT {
    @Override
    void print(Sheet sheet, Trade trade) {
      sheet.center(50, 14, trade.oneOf("Om Roadlines", "VRL Logistics", "TCI Freight"));
      sheet.center(
        70,
        11,
        trade.oneOf("CONSIGNMENT NOTE", "LORRY RECEIPT", "GOODS CONSIGNMENT NOTE")
      );
      sheet.text(50, 105, 10, "L.R. No. " + trade.digits(6));
      sheet.text(350, 105, 10, "Date: " + trade.date());
      sheet.text(50, 130, 10, "Consignor: " + trade.party().name());
      sheet.text(50, 148, 10, "Consignee: " + trade.party().name());
      sheet.text(50, 166, 10, "From: " + trade.party().place() + "   To: " + trade.party().place());
      sheet.text(50, 190, 10, "No. of packages: " + trade.between(2, 90));
      sheet.text(
        50,
        208,
        10,
        "Said to contain: " + trade.goods(1, false, true).getFirst().product().name()
      );
      sheet.text(50, 226, 10, "Actual weight: " + trade.between(50, 900) + " kg");
      sheet.text(
        50,
        244,
        10,
        "Freight: To Pay    Lorry No: " + trade.vehicle(trade.party().state())
      );
      sheet.text(
        50,
        290,
        8,
        "Goods are carried at owner's risk. Delivery against consignee copy only."
      );
    }
  },

  BLANK {
    @Override
    void print(Sheet sheet, Trade trade) {
      // The back of a page.
    }
  },

  /** A picture of something: patches of colour. */
  PHOTOGRAPH {
    @Override
    void print(Sheet sheet, Trade trade) {
      for (int patch = 0; patch < 400; patch++) {
        var color = new Color(
          trade.between(40, 220),
          trade.between(40, 220),
          trade.between(40, 200)
        );
        double x = trade.between(0, (int) sheet.width());
        double y = trade.between(0, (int) sheet.height());
        sheet.fill(x, y, trade.between(20, 160), trade.between(20, 160), color);
      }
    }
  },

  /** Terms that speak of invoices and GST without being one. */
  TERMS {
    @Override
    void print(Sheet sheet, Trade trade) {
      sheet.center(60, 13, "TERMS AND CONDITIONS OF SALE");
      double y = 95;
      int number = 1;
      for (var term : TERMS_OF_SALE) {
        sheet.text(50, y, 10, "%d. %s".formatted(number++, term));
        y += 22;
      }
    }
  };

  private static final List<String> SUBJECTS = List.of(
    "Revised delivery schedule",
    "Request for statement of account",
    "Change of our office address",
    "Invitation to the dealers' meet"
  );
  private static final List<String> SENTENCES = List.of(
    "With reference to our telephonic discussion, we wish to inform you",
    "that the material will be dispatched in the coming week.",
    "Kindly arrange to send your representative for inspection.",
    "We request you to acknowledge the receipt of this letter.",
    "Please feel free to contact us for any clarification."
  );
  private static final List<String> TERMS_OF_SALE = List.of(
    "Goods once sold will not be taken back or exchanged.",
    "Interest at 18% per annum is charged on invoices that are overdue.",
    "GST is charged as applicable on the date of supply.",
    "Our responsibility ceases when the goods leave our premises.",
    "All disputes are subject to local jurisdiction only.",
    "Cheques are to be drawn in favour of the company."
  );

  abstract void print(Sheet sheet, Trade trade);
}
