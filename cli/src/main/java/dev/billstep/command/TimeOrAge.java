package dev.billstep.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long ago something was, or when: {@code 12h}, a date, or a time with its zone. */
final class TimeOrAge implements ITypeConverter<Instant> {

  private static final Pattern AGE = Pattern.compile("(\\d{1,5})([mhd])");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private TimeOrAge() {}

  @Override
  public Instant convert(String text) {
    var age = AGE.matcher(text);
    try {
      if (age.matches()) {
        // ISO 8601 has minutes and hours behind a T, days before it.
        var unit = age.group(2).toUpperCase(Locale.ROOT);
        var iso = (unit.equals("D") ? "P" : "PT") + age.group(1) + unit;
        return Instant.now().minus(Duration.parse(iso));
      }
      return DATE.matcher(text).matches()
        ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
        : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
        "'%s' is neither an age such as 30m, 12h or 7d nor a date such as 2026-01-31".formatted(
          text
        )
      );
    }
  }
}
