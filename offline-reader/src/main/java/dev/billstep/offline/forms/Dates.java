package dev.billstep.offline.forms;

import dev.billstep.reading.IndianNotation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates in the forms that Indian documents print: the day first. */
public final class Dates {

  private static final String MONTH =
    "(?<name>jan|feb|mar|apr|may|jun|ju[li]|aug|sep|oct|nov|dec)[a-z]{0,6}";
  private static final String TIME =
    "(?:[\\s,T|-]{0,3}(?<hour>\\d{1,2})[:.](?<minute>\\d{2})(?:[:.](?<second>\\d{2}))?:?\\s?(?<half>[AaPp]\\.?[Mm])?)?";
  private static final Pattern DATE = Pattern.compile(
    "(?<![\\d/])(?:(?<isoYear>(?:19|20)\\d{2})[-/.](?<isoMonth>\\d{1,2})[-/.](?<isoDay>\\d{1,2})" +
      "|(?<day>\\d{1,2})\\s?(?<mark>[/.\\-])\\s?(?<month>\\d{1,2})\\s?\\k<mark>\\s?(?<year>(?:19|20)\\d{2}|\\d{2}(?![\\d,]))" +
      "|(?<namedDay>\\d{1,2})(?:st|nd|rd|th)?[\\s/.,\\-]{0,3}" +
      MONTH +
      "[\\s/.,'\\-]{0,3}(?<namedYear>(?:19|20)\\d{2}|\\d{2}(?!\\d)))" +
      TIME,
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern MONTH_FIRST = Pattern.compile(
    "(?<![\\p{L}\\d])" +
      MONTH +
      "\\.?\\s(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s(?<year>(?:19|20)\\d{2})" +
      TIME,
    Pattern.CASE_INSENSITIVE
  );

  private Dates() {}

  /** All dates in a text, with the times behind them. */
  public static List<Found<Moment>> in(String text) {
    var found = new ArrayList<Found<Moment>>();
    var date = DATE.matcher(text);
    while (date.find()) {
      moment(date).ifPresent(moment -> found.add(new Found<>(moment, date.start(), date.end())));
    }
    var monthFirst = MONTH_FIRST.matcher(text);
    while (monthFirst.find()) {
      date(monthFirst.group("year"), month(monthFirst), monthFirst.group("day"))
        .map(day -> new Moment(day, time(monthFirst), false))
        .ifPresent(moment -> found.add(new Found<>(moment, monthFirst.start(), monthFirst.end())));
    }
    return found;
  }

  private static Optional<Moment> moment(Matcher found) {
    var time = time(found);
    if (found.group("isoYear") != null) {
      return date(
        found.group("isoYear"),
        Integer.parseInt(found.group("isoMonth")),
        found.group("isoDay")
      ).map(day -> new Moment(day, time, false));
    }
    if (found.group("name") != null) {
      return date(found.group("namedYear"), month(found), found.group("namedDay")).map(day ->
        new Moment(day, time, false)
      );
    }
    var year = found.group("year");
    int first = Integer.parseInt(found.group("day"));
    int second = Integer.parseInt(found.group("month"));
    // The month first: browsers and some tills print dates as in the United States.
    return second > 12
      ? date(year, first, found.group("month")).map(day -> new Moment(day, time, true))
      : date(year, second, found.group("day")).map(day -> new Moment(day, time, false));
  }

  private static int month(Matcher found) {
    // OCR takes the last letter of July for a capital I.
    return IndianNotation.month(found.group("name").toLowerCase(Locale.ROOT).replace("jui", "jul"));
  }

  private static Optional<LocalDate> date(String year, int month, String day) {
    int full = year.length() == 2 ? 2000 + Integer.parseInt(year) : Integer.parseInt(year);
    try {
      return Optional.of(LocalDate.of(full, month, Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty(); // Such as 31/02: digits, but no date.
    }
  }

  private static Optional<LocalTime> time(Matcher found) {
    if (found.group("hour") == null) {
      return Optional.empty();
    }
    int hour = Integer.parseInt(found.group("hour"));
    int minute = Integer.parseInt(found.group("minute"));
    var half = found.group("half");
    int ofDay =
      half == null || hour > 12
        ? hour
        : (hour % 12) + (Character.toUpperCase(half.charAt(0)) == 'P' ? 12 : 0);
    return ofDay < 24 && minute < 60 ? Optional.of(LocalTime.of(ofDay, minute)) : Optional.empty();
  }

  /**
   * A date, with a time where one is printed.
   *
   * @param monthFirst whether it is a date only with its month first
   */
  public record Moment(LocalDate date, Optional<LocalTime> time, boolean monthFirst) {
    /** As ISO 8601, with the time where there is one. */
    public String text() {
      return date + time.map(at -> "T" + at).orElse("");
    }
  }
}
