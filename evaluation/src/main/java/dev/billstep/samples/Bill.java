package dev.billstep.samples;

import dev.billstep.samples.Trade.Line;
import dev.billstep.samples.Trade.Party;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a bill says. */
record Bill(
  String title,
  String number,
  LocalDate date,
  Party seller,
  Party buyer,
  List<Line> lines,
  boolean isTaxed,
  String irn,
  String ackNumber
) {
  static Bill taxInvoice(Trade trade, int lines, boolean isTaxed) {
    var date = trade.date();
    var seller = trade.party();
    boolean isInState = !isTaxed || trade.chance(0.5);
    var buyer = trade.neighbourOf(seller, isInState);
    return new Bill(
      isTaxed ? "TAX INVOICE" : "BILL OF SUPPLY",
      trade.invoiceNumber(date),
      date,
      seller,
      buyer,
      trade.goods(lines, isTaxed, isInState),
      isTaxed,
      trade.hex(64),
      trade.digits(15)
    );
  }

  static Bill receipt(Trade trade, boolean isTaxed) {
    var date = trade.date();
    var seller = trade.party();
    return new Bill(
      "",
      trade.digits(trade.between(4, 6)),
      date,
      seller,
      seller,
      trade.meal(trade.between(2, 6), isTaxed),
      isTaxed,
      "",
      ""
    );
  }

  boolean isInState() {
    return seller.state().equals(buyer.state());
  }

  BigDecimal taxable() {
    return sum(Line::taxable);
  }

  BigDecimal cgst() {
    return sum(Line::cgst);
  }

  BigDecimal igst() {
    return sum(Line::igst);
  }

  BigDecimal exactTotal() {
    return sum(Line::total);
  }

  BigDecimal total() {
    return exactTotal().setScale(0, RoundingMode.HALF_UP).setScale(2);
  }

  BigDecimal roundOff() {
    return total().subtract(exactTotal());
  }

  private BigDecimal sum(Function<Line, BigDecimal> part) {
    return lines.stream().map(part).reduce(Amounts.ZERO, BigDecimal::add);
  }

  /** The fields that every layout of a tax invoice or bill of supply prints. */
  Map<String, Object> expected() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("document_title", title);
    fields.put("invoice_number", number);
    fields.put("invoice_date", date);
    fields.put("seller", party(seller));
    fields.put("buyer", party(buyer));
    fields.put("line_items", rows(true));
    if (isTaxed) {
      fields.put("taxable_total", taxable());
    }
    if (isTaxed && isInState()) {
      fields.put("cgst_total", cgst());
      fields.put("sgst_total", cgst());
    } else if (isTaxed) {
      fields.put("igst_total", igst());
    }
    fields.put("grand_total", total());
    return fields;
  }

  /** The fields that a receipt prints. */
  Map<String, Object> expectedOfReceipt() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("invoice_number", number);
    fields.put("invoice_date", date);
    if (isTaxed) {
      fields.put("seller", seller.expected());
      fields.put("cgst_total", cgst());
      fields.put("sgst_total", cgst());
    } else {
      fields.put("seller", Map.of("name", seller.name()));
    }
    fields.put("line_items", rows(false));
    fields.put("grand_total", total());
    return fields;
  }

  private static Map<String, Object> party(Party party) {
    var fields = party.expected();
    fields.put("state_code", party.state().code());
    return fields;
  }

  private List<Map<String, Object>> rows(boolean withCodes) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var line : lines) {
      var row = new LinkedHashMap<String, Object>();
      row.put("description", line.product().name());
      row.put("quantity", line.quantity());
      row.put("unit_price", line.price());
      row.put(isTaxed && withCodes ? "taxable_value" : "total", line.taxable());
      if (withCodes) {
        row.put("hsn_sac", line.product().hsn());
        row.put("unit", line.unit());
      }
      rows.add(row);
    }
    return rows;
  }
}
