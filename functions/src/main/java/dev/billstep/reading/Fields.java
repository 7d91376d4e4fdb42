package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The fields of a reading, asked by JSON pointer. A field that is null or missing is empty. */
record Fields(JsonNode tree) {
  Optional<String> text(String pointer) {
    var node = tree.at(pointer);
    return node.isTextual() && !node.asText().isBlank()
      ? Optional.of(node.asText())
      : Optional.empty();
  }

  Optional<BigDecimal> amount(String pointer) {
    var node = tree.at(pointer);
    return node.isNumber() ? StoredNumber.of(node) : Optional.empty();
  }

  /** An amount that is zero where the page does not print it. */
  BigDecimal amountOrZero(String pointer) {
    return amount(pointer).orElse(BigDecimal.ZERO);
  }

  /** The date of an ISO 8601 date or date and time; empty where it is neither. */
  Optional<LocalDate> date(String pointer) {
    return text(pointer).flatMap(value -> {
      try {
        return Optional.of(LocalDate.parse(value.length() > 10 ? value.substring(0, 10) : value));
      } catch (DateTimeParseException notADate) {
        return Optional.empty(); // The schema's format says so already.
      }
    });
  }

  List<JsonNode> list(String pointer) {
    var node = tree.at(pointer);
    return node.isArray() ? List.copyOf(node.valueStream().toList()) : List.of();
  }
}
