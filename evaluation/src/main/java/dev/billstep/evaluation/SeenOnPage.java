package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether a value stands in what was seen on a page, wherever that is. */
final class SeenOnPage {

  private static final List<DateTimeFormatter> DATES = Stream.of(
    "ddMMyyyy",
    "ddMMyy",
    "dMMyyyy",
    "dMyyyy",
    "ddMyyyy",
    "dMMMyyyy",
    "ddMMMyyyy",
    "ddMMMyy",
    "dMMMyy",
    "MMMdyyyy",
    "MMMddyyyy",
    "MMddyyyy",
    "MMMMdyyyy",
    "dMMMMyyyy",
    "yyyyMMdd"
  )
    .map(form -> DateTimeFormatter.ofPattern(form, Locale.ENGLISH))
    .toList();

  private final String plain;

  SeenOnPage(String text) {
    this.plain = Normalised.plain(text);
  }

  boolean has(JsonNode value) {
    return forms(value).anyMatch(plain::contains);
  }

  private static Stream<String> forms(JsonNode value) {
    if (value.isNumber()) {
      var amount = value.decimalValue().abs();
      return Stream.of(
        amount.setScale(2, RoundingMode.HALF_UP).toPlainString(),
        amount.toPlainString(),
        amount.stripTrailingZeros().toPlainString()
      ).map(Normalised::plain);
    }
    var text = value.asText();
    if (Normalised.isDate(value)) {
      var date = LocalDate.parse(text.substring(0, 10));
      return DATES.stream().map(form -> Normalised.plain(form.format(date)));
    }
    return Stream.of(Normalised.plain(text));
  }
}
