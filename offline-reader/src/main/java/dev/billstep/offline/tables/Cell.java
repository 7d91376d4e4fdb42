package dev.billstep.offline.tables;

import dev.billstep.offline.forms.Amounts;
import dev.billstep.offline.forms.Found;
import dev.billstep.offline.tokens.Phrase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in one column of one line. */
public record Cell(Phrase phrase) {
  private static final Pattern NUMBER = Pattern.compile(
    "[-(]?(?:₹|Rs\\.?|INR)?\\s?-?(?:₹|Rs\\.?)?\\s?\\d[\\d,]*(?:\\.\\d+)?\\)?\\s?%?(?:/-)?",
    Pattern.CASE_INSENSITIVE
  );

  /** OCR puts blanks behind a number's point. */
  public String text() {
    return phrase.text().replaceAll("(?<=\\d[.,]) (?=\\d)", "");
  }

  /** Whether it is a number and nothing else but a sign of money or percent. */
  public boolean isNumber() {
    return NUMBER.matcher(text().strip()).matches();
  }

  public Optional<BigDecimal> amount() {
    var found = Amounts.in(text().replace("%", " "));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().value());
  }

  /** The amount in it beside a rate. */
  public Optional<BigDecimal> plainAmount() {
    var found = Amounts.in(text());
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().value());
  }

  /** All numbers in it, in their order. */
  public List<BigDecimal> numbers() {
    return Amounts.in(text().replace("%", " ").replaceAll("(?<=\\d)(?=[A-Za-z])", " "))
      .stream()
      .map(Found::value)
      .toList();
  }
}
