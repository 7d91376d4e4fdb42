package dev.billstep.samples;

import dev.billstep.reading.Gstin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who buys what from whom: invented, but consistent, and the same for the same seed. */
final class Trade {

  private static final List<State> STATES = List.of(
    new State("27", "Maharashtra", List.of("Pune 411001", "Nagpur 440002", "Nashik 422001")),
    new State("29", "Karnataka", List.of("Bengaluru 560001", "Mysuru 570001", "Hubballi 580020")),
    new State("33", "Tamil Nadu", List.of("Chennai 600001", "Coimbatore 641001")),
    new State("24", "Gujarat", List.of("Surat 395003", "Rajkot 360001", "Vapi 396191")),
    new State("07", "Delhi", List.of("New Delhi 110006", "Delhi 110033")),
    new State("19", "West Bengal", List.of("Kolkata 700001", "Howrah 711101")),
    new State("36", "Telangana", List.of("Hyderabad 500003", "Warangal 506002")),
    new State("09", "Uttar Pradesh", List.of("Kanpur 208001", "Noida 201301", "Agra 282003"))
  );

  private static final List<String> FIRST = List.of(
    "Shree Ganesh",
    "Sai Krupa",
    "Om Shakti",
    "Bharat",
    "New India",
    "Mahalaxmi",
    "Sri Venkateswara",
    "Annapurna",
    "Himalaya",
    "Deccan",
    "Coromandel",
    "Vindhya",
    "Narmada",
    "Gayatri",
    "Jai Hind",
    "Sunrise",
    "Royal",
    "Metro",
    "National",
    "Eastern"
  );
  private static final List<String> SECOND = List.of(
    "Steel",
    "Electricals",
    "Textiles",
    "Agro Foods",
    "Polymers",
    "Pharma",
    "Hardware",
    "Packaging",
    "Auto Parts",
    "Chemicals",
    "Paper Mart",
    "Timber",
    "Ceramics",
    "Tools",
    "Cables"
  );
  private static final List<String> LAST = List.of(
    "Traders",
    "Pvt Ltd",
    "Industries",
    "& Sons",
    "Enterprises",
    "Corporation",
    "Agencies",
    "LLP",
    "Works",
    "& Co."
  );
  private static final List<String> STREETS = List.of(
    "12, M.G. Road",
    "Plot 45, MIDC Phase II",
    "Shop 7, Station Road",
    "221/B, Industrial Estate",
    "Survey No. 88, Ring Road",
    "5th Cross, Gandhi Nagar",
    "Unit 3, Laxmi Complex"
  );
  private static final List<Product> PRODUCTS = List.of(
    new Product("M.S. Angle 50x50x6 mm", "7216", "KG", 62.50, 18),
    new Product("Copper wire 2.5 sq mm", "8544", "MTR", 38.75, 18),
    new Product("Cotton fabric 44 inch", "5208", "MTR", 118.00, 5),
    new Product("Basmati rice 25 kg bag", "1006", "BAG", 2150.00, 5),
    new Product("Paracetamol 500 mg strip", "3004", "STRIP", 14.20, 12),
    new Product("Corrugated box 5 ply", "4819", "NOS", 46.00, 12),
    new Product("Hex bolt M12 x 60", "7318", "NOS", 9.85, 18),
    new Product("Ceramic tile 600x600", "6907", "BOX", 845.00, 18),
    new Product("Brake pad set", "8708", "SET", 1275.00, 28),
    new Product("LED panel light 18W", "9405", "NOS", 412.00, 12),
    new Product("Portland cement 50 kg", "2523", "BAG", 372.00, 28),
    new Product("PVC pipe 110 mm", "3917", "LEN", 690.00, 18),
    new Product("A4 copier paper 75 GSM", "4802", "REAM", 238.50, 12),
    new Product("Plywood 18 mm 8x4", "4412", "SHT", 1890.00, 18),
    new Product("Turmeric powder 500 g", "0910", "PKT", 96.00, 5)
  );
  private static final List<String> DISHES = List.of(
    "Masala dosa",
    "Paneer tikka",
    "Veg biryani",
    "Butter naan",
    "Filter coffee",
    "Gulab jamun",
    "Dal makhani",
    "Sweet lime soda",
    "Idli vada",
    "Chole bhature"
  );

  private final RandomGenerator random;
  private final Manner manner;

  Trade(RandomGenerator random, Manner manner) {
    this.random = random;
    this.manner = manner;
  }

  /** That is printed beside the Latin one. */
  Optional<Script> script() {
    return manner.script();
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String oneOf(String... choices) {
    return oneOf(List.of(choices));
  }

  boolean chance(double of) {
    return random.nextDouble() < of;
  }

  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  LocalDate date() {
    return LocalDate.of(2025, 4, 1).plusDays(between(0, 540));
  }

  Party party() {
    return party(oneOf(STATES));
  }

  Party neighbourOf(Party party, boolean inItsState) {
    return party(
      oneOf(
        STATES.stream()
          .filter(state -> state.code().equals(party.state().code()) == inItsState)
          .toList()
      )
    );
  }

  private Party party(State state) {
    var name = "%s %s %s".formatted(oneOf(FIRST), oneOf(SECOND), oneOf(LAST));
    return new Party(
      name,
      oneOf(manner.script().map(Script::streets).orElse(STREETS)),
      oneOf(state.cities()),
      state,
      gstin(state)
    );
  }

  private String gstin(State state) {
    var pan = letters(5) + digits(4) + letters(1);
    var gstin = Gstin.withCheckCharacter(state.code() + pan + between(1, 9) + "Z");
    return manner.mistyped() > 0 && chance(manner.mistyped()) ? mistyped(gstin) : gstin;
  }

  private static String mistyped(String gstin) {
    return gstin.substring(0, 14) + (gstin.endsWith("X") ? "Y" : "X");
  }

  String letters(int count) {
    var text = new StringBuilder();
    for (int index = 0; index < count; index++) {
      text.append((char) ('A' + random.nextInt(26)));
    }
    return text.toString();
  }

  String digits(int count) {
    var text = new StringBuilder();
    for (int index = 0; index < count; index++) {
      text.append((char) ('0' + random.nextInt(index == 0 ? 1 : 0, 10)));
    }
    return text.toString();
  }

  /** Of at most 16 characters (CGST Rule 46). */
  String invoiceNumber(LocalDate date) {
    int year = date.getMonthValue() < 4 ? date.getYear() - 1 : date.getYear();
    var financialYear = "%02d-%02d".formatted(year % 100, (year + 1) % 100);
    return switch (between(0, 5)) {
      case 0 -> "%s/%s/%s".formatted(letters(3), financialYear, digits(4));
      case 1 -> "INV-" + digits(6);
      case 2 -> "%s%s".formatted(letters(2), digits(5));
      case 3 -> "%s-%s".formatted(digits(4), letters(2));
      case 4 -> "GST/%s/%s".formatted(digits(4), financialYear);
      default -> digits(5);
    };
  }

  String vehicle(State state) {
    var code = switch (state.code()) {
      case "27" -> "MH";
      case "29" -> "KA";
      case "33" -> "TN";
      case "24" -> "GJ";
      case "07" -> "DL";
      case "19" -> "WB";
      case "36" -> "TS";
      default -> "UP";
    };
    return "%s%02d%s%s".formatted(code, between(1, 60), letters(2), digits(4));
  }

  String hex(int count) {
    var text = new StringBuilder();
    for (int index = 0; index < count; index++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  List<Line> goods(int count, boolean taxed, boolean inState) {
    var lines = new ArrayList<Line>();
    var left = new ArrayList<>(PRODUCTS);
    for (int index = 0; index < count; index++) {
      var product = left.remove(random.nextInt(left.size()));
      lines.add(Line.of(product, between(1, 150), taxed ? product.rate() : 0, inState));
    }
    return List.copyOf(lines);
  }

  List<Line> meal(int count, boolean taxed) {
    var lines = new ArrayList<Line>();
    var left = new ArrayList<>(DISHES);
    for (int index = 0; index < count; index++) {
      var dish = left.remove(random.nextInt(left.size()));
      var product = new Product(dish, "", "", between(4, 60) * 10, 5);
      lines.add(Line.of(product, between(1, 4), taxed ? 5 : 0, true));
    }
    return List.copyOf(lines);
  }

  /** A state by its GST code. */
  record State(String code, String name, List<String> cities) {}

  /** A company. */
  record Party(String name, String street, String city, State state, String gstin) {
    String place() {
      return city.replaceAll(" \\d+$", "");
    }

    /** What every page prints of a party. */
    Map<String, Object> expected() {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("name", name);
      fields.put("gstin", gstin);
      return fields;
    }
  }

  /** What is sold. */
  record Product(String name, String hsn, String unit, double price, int rate) {}

  /** A row of a bill. */
  record Line(
    Product product,
    int quantity,
    BigDecimal price,
    BigDecimal taxable,
    int rate,
    BigDecimal cgst,
    BigDecimal igst
  ) {
    static Line of(Product product, int quantity, int rate, boolean inState) {
      var price = rounded(BigDecimal.valueOf(product.price()));
      var taxable = rounded(price.multiply(BigDecimal.valueOf(quantity)));
      var tax = taxable.multiply(BigDecimal.valueOf(rate)).movePointLeft(2);
      return new Line(
        product,
        quantity,
        price,
        taxable,
        rate,
        inState ? rounded(tax.divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP)) : Amounts.ZERO,
        inState ? Amounts.ZERO : rounded(tax)
      );
    }

    private static BigDecimal rounded(BigDecimal amount) {
      return amount.setScale(2, RoundingMode.HALF_UP);
    }

    BigDecimal total() {
      return taxable.add(cgst).add(cgst).add(igst);
    }

    String unit() {
      return product.unit().toUpperCase(Locale.ROOT);
    }
  }
}
