package dev.billstep.samples;

import dev.billstep.samples.Trade.Party;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an e-way bill says. */
record EwayBill(
  String number,
  LocalDateTime generatedAt,
  int distanceKm,
  Party supplier,
  Party recipient,
  String documentNumber,
  BigDecimal value,
  String hsn,
  String product,
  String vehicle,
  String transporterId,
  String transporter
) {
  static EwayBill make(Trade trade) {
    var bill = Bill.taxInvoice(trade, trade.between(1, 3), true);
    var at = bill.date().atTime(LocalTime.of(trade.between(8, 20), trade.between(0, 59)));
    var first = bill.lines().getFirst().product();
    return new EwayBill(
      trade.digits(12),
      at,
      trade.between(20, 1_900),
      bill.seller(),
      bill.buyer(),
      bill.number(),
      bill.total(),
      first.hsn(),
      first.name(),
      trade.vehicle(bill.seller().state()),
      trade.party().gstin(),
      trade.oneOf("Gati Surface", "VRL Logistics", "TCI Freight", "Safexpress", "Om Roadlines")
    );
  }

  /** A day for every 200 km (CGST Rules 2017, rule 138 (10)), to midnight. */
  LocalDateTime validUntil() {
    return generatedAt.toLocalDate().plusDays(Math.ceilDiv(distanceKm, 200)).atTime(23, 59);
  }

  /** {@code 1234 5678 9012}. */
  String grouped() {
    return number.replaceAll("(\\d{4})(?=\\d)", "$1 ");
  }

  Map<String, Object> expected() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("eway_bill_number", number);
    fields.put("generated_at", generatedAt.toLocalDate());
    fields.put("distance_km", distanceKm);
    fields.put("valid_until", validUntil().toLocalDate());
    fields.put("supplier", supplier.expected());
    fields.put("recipient", recipient.expected());
    fields.put("document_number", documentNumber);
    fields.put("document_date", generatedAt.toLocalDate());
    fields.put("value_of_goods", value);
    fields.put("hsn_code", hsn);
    fields.put("vehicle_number", vehicle);
    fields.put("transporter", transporter);
    fields.put("mode", "Road");
    return fields;
  }
}
