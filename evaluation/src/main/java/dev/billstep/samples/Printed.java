package dev.billstep.samples;

import static dev.billstep.samples.Amounts.grouped;

import dev.billstep.samples.Trade.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the forms of programs have in common: dates, rates, sums by HSN code, and what a page shows. */
record Printed(Sheet sheet, Bill bill, Trade trade) {
  static String day(String form, Bill bill) {
    return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(bill.date());
  }

  /** {@code 9%} of 18. */
  static String half(Line line) {
    return rate(BigDecimal.valueOf(line.rate()).divide(BigDecimal.TWO));
  }

  static String rate(BigDecimal rate) {
    return rate.stripTrailingZeros().toPlainString() + "%";
  }

  /** Lines under each other; gives where they end. */
  double lines(double x, double y, double points, String... texts) {
    double at = y;
    for (var text : texts) {
      if (!text.isEmpty()) {
        sheet.text(x, at, points, text);
        at += points * 1.3;
      }
    }
    return at;
  }

  /** An address that ends at the right margin. */
  void addressedTo(double y, String heading, Trade.Party party) {
    sheet.rightBold(555, y, 9, heading);
    sheet.right(555, y + 13, 8.5, "Asha " + trade.oneOf("Rao", "Nair", "Gupta"));
    sheet.right(555, y + 25, 8.5, party.street());
    sheet.right(555, y + 37, 8.5, party.city() + ", " + party.state().name());
    sheet.right(555, y + 49, 8.5, "State/UT Code: " + party.state().code());
  }

  /** A text over as many lines as it needs. */
  void wrapped(double x, double y, double points, double width, String text) {
    double at = y;
    var line = "";
    for (var word : text.split(" ", -1)) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (!sheet.fitting(points, width, longer).equals(longer)) {
        sheet.text(x, at, points, line);
        at += points * 1.3;
        line = word;
      } else {
        line = longer;
      }
    }
    sheet.text(x, at, points, line);
  }

  /** A label and its amount, the amount ending at a place; gives the next line's. */
  double sum(double x, double right, double y, double points, String label, BigDecimal amount) {
    sheet.text(x, y, points, label);
    sheet.right(right, y, points, grouped(amount));
    return y + points * 1.55;
  }

  double boldSum(double x, double right, double y, double points, String label, String amount) {
    sheet.bold(x, y, points, label);
    sheet.rightBold(right, y, points, amount);
    return y + points * 1.55;
  }

  /** Goods of one HSN code and rate together. */
  List<Line> byHsn() {
    var sums = new LinkedHashMap<String, Line>();
    for (var line : bill.lines()) {
      sums.merge(line.product().hsn() + "@" + line.rate(), line, (one, other) ->
        new Line(
          one.product(),
          one.quantity() + other.quantity(),
          one.price(),
          one.taxable().add(other.taxable()),
          one.rate(),
          one.cgst().add(other.cgst()),
          one.igst().add(other.igst())
        )
      );
    }
    return List.copyOf(sums.values());
  }

  static BigDecimal total(List<Line> lines, Function<Line, BigDecimal> part) {
    return lines.stream().map(part).reduce(Amounts.ZERO, BigDecimal::add);
  }

  static BigDecimal tax(Line line) {
    return line.cgst().add(line.cgst()).add(line.igst());
  }

  static String plain(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /** What a form prints of each line, by the names of the schema. */
  static List<Map<String, Object>> rows(Bill bill, String... names) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var line : bill.lines()) {
      var row = new LinkedHashMap<String, Object>();
      for (var name : names) {
        row.put(name, cell(line, name));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object cell(Line line, String name) {
    return switch (name) {
      case "description" -> line.product().name();
      case "hsn_sac" -> line.product().hsn();
      case "quantity" -> line.quantity();
      case "unit" -> line.unit();
      case "unit_price" -> line.price();
      case "taxable_value" -> line.taxable();
      case "gst_rate" -> line.rate();
      case "cgst", "sgst" -> line.cgst();
      case "igst" -> line.igst();
      case "total" -> line.total();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
