package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;

/** Values as they are compared: amounts by value, dates by day, texts without case and spaces. */
final class Normalised {

  private static final BigDecimal TOLERANCE = new BigDecimal("0.005");

  private Normalised() {}

  static boolean equal(JsonNode expected, JsonNode actual) {
    if (expected.isNumber()) {
      return (
        actual.isNumber() &&
        expected.decimalValue().subtract(actual.decimalValue()).abs().compareTo(TOLERANCE) <= 0
      );
    }
    var wanted = text(expected);
    var given = text(actual);
    return isDate(expected) ? given.startsWith(wanted) : given.equals(wanted);
  }

  static boolean isDate(JsonNode value) {
    return value.asText().matches("\\d{4}-\\d{2}-\\d{2}");
  }

  private static String text(JsonNode value) {
    return plain(value.asText());
  }

  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
