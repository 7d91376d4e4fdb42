package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedValue.Box;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds where on a page the values of fields stand, so that a reviewer sees them beside each other.
 * A value that is printed more than once is shown where it stands first, a total where it stands
 * last; a row of a table as a whole, and each of its values within it ({@link PrintedCells}).
 */
final class PrintedFields {

  private static final Pattern PIECE = Pattern.compile("(?:[^\\s:]++|(?<=\\d):(?=\\d))++");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");

  /** Of a piece of text, what is looked at: a line has less. */
  private static final int LONGEST_PIECE = 1_000;

  /** Words that a value may have, to be looked for as a whole. */
  private static final int LONGEST = 10;

  /** A date with a time and its half of the day. */
  private static final int LONGEST_DATE = 4;

  /** Letters and digits that a text must have to be found within other text. */
  private static final int TELLING = 4;

  /** Of a line's height: what stands further off is another line. */
  private static final double SAME_LINE = 0.6;

  /** Of a line's height: how far from its first line a row's values may stand. */
  private static final double ROW_LINES = 6;

  /** Each word as a whole, whatever is in it. */
  private final List<Run> seen;

  private final List<Run> runs;

  /** By the middle of their lines. */
  private final NavigableMap<Double, List<Run>> byMiddle;

  private final Map<String, List<Run>> byCompact;

  private PrintedFields(List<Word> words) {
    this.seen = words.stream().map(Run::of).toList();
    this.runs = runs(
      words
        .stream()
        .flatMap(word -> pieces(word).stream())
        .map(Run::of)
        .toList()
    );
    this.byMiddle = new TreeMap<>();
    this.byCompact = new HashMap<>();
    for (var run : runs) {
      byMiddle.computeIfAbsent(middle(run.word()), middle -> new ArrayList<>()).add(run);
      byCompact.computeIfAbsent(run.compact(), compact -> new ArrayList<>()).add(run);
    }
  }

  private Stream<Run> between(double top, double bottom) {
    return top < bottom
      ? byMiddle.subMap(top, false, bottom, false).values().stream().flatMap(List::stream)
      : Stream.empty();
  }

  private Stream<Run> onLine(Word word) {
    double reach = SAME_LINE * word.height();
    return between(middle(word) - reach, middle(word) + reach);
  }

  /**
   * Where the fields' values stand.
   *
   * @param fields in the form in which they are stored
   * @param seen text of the page, in reading order
   * @return by the JSON pointer of the field, of the row of a table, or of a value in it; nothing for what
   *     isn't found
   */
  static SortedMap<String, PrintedValue> find(JsonNode fields, List<Word> seen) {
    var slope = LinesSlope.of(seen);
    var found = new TreeMap<String, Word>();
    if (!seen.isEmpty()) {
      new PrintedFields(seen.stream().map(slope::straight).toList()).find(fields, "", found);
    }
    var printed = new TreeMap<String, PrintedValue>();
    found.forEach((path, word) -> printed.put(path, printed(slope.askew(word))));
    return printed;
  }

  private void find(JsonNode value, String path, Map<String, Word> found) {
    if (value.isObject()) {
      value
        .properties()
        .forEach(field -> find(field.getValue(), path + "/" + field.getKey(), found));
    } else if (value.isArray()) {
      findRows(value, path, found);
    } else {
      place(value, path.contains("total") ? runs.reversed() : runs).ifPresent(word ->
        found.put(path, word)
      );
    }
  }

  /** Each row stands below the one before it: by that of its texts beside which most of it stands. */
  private void findRows(JsonNode rows, String path, Map<String, Word> found) {
    var anchors = new TreeMap<Integer, Word>();
    double above = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < rows.size(); index++) {
      double from = above;
      var row = rows.get(index);
      var anchor = row
        .valueStream()
        .filter(JsonNode::isTextual)
        .flatMap(text -> below(from, text.asText()).stream())
        .distinct()
        .reduce((one, other) -> beside(other, row) > beside(one, row) ? other : one);
      if (anchor.isPresent()) {
        above = anchor.get().y() + anchor.get().height() * SAME_LINE;
        anchors.put(index, anchor.get());
        found.put("%s/%d".formatted(path, index), line(anchor.get()));
      }
    }
    PrintedCells.find(lines(rows, anchors)).forEach((index, cells) ->
      cells.forEach((name, word) -> found.put("%s/%d/%s".formatted(path, index, name), word))
    );
  }

  /** How many values of a row stand on a line. */
  private long beside(Word anchor, JsonNode row) {
    var line = onLine(anchor).toList();
    return row
      .propertyStream()
      .filter(field -> !PrintedCells.saying(field.getKey(), field.getValue(), line).isEmpty())
      .count();
  }

  private List<PrintedCells.Line> lines(JsonNode rows, NavigableMap<Integer, Word> anchors) {
    return anchors
      .entrySet()
      .stream()
      .map(anchor ->
        new PrintedCells.Line(
          anchor.getKey(),
          rows.get(anchor.getKey()),
          anchor.getValue(),
          near(
            anchor.getValue(),
            Optional.ofNullable(anchors.lowerEntry(anchor.getKey())).map(Map.Entry::getValue),
            Optional.ofNullable(anchors.higherEntry(anchor.getKey())).map(Map.Entry::getValue)
          )
        )
      )
      .toList();
  }

  /** What stands between the rows beside a row, as far as that is near it. */
  private List<Run> near(Word anchor, Optional<Word> before, Optional<Word> after) {
    double reach = ROW_LINES * anchor.height();
    double top = before
      .map(PrintedFields::middle)
      .filter(middle -> middle > middle(anchor) - reach)
      .orElse(middle(anchor) - reach);
    double bottom = after
      .map(PrintedFields::middle)
      .filter(middle -> middle < middle(anchor) + reach)
      .orElse(middle(anchor) + reach);
    double own = SAME_LINE * anchor.height();
    return Stream.concat(onLine(anchor), between(top + own, bottom - own))
      .distinct()
      .toList();
  }

  private Word line(Word anchor) {
    return seen
      .stream()
      .map(Run::word)
      .filter(word -> isOnLine(word, anchor))
      .sorted(Comparator.comparingDouble(Word::x))
      .reduce(PrintedFields::joined)
      .orElse(anchor);
  }

  private static boolean isOnLine(Word word, Word anchor) {
    return Math.abs(middle(word) - middle(anchor)) < SAME_LINE * anchor.height();
  }

  private Optional<Word> place(JsonNode value, List<Run> places) {
    if (value.isNumber()) {
      var amount = value.decimalValue();
      return first(places, run -> isAmount(run.word().text(), amount));
    }
    if (!value.isTextual() || compact(value.asText()).isEmpty()) {
      return Optional.empty();
    }
    var text = value.asText();
    return DATE.matcher(text).matches() ? date(text, places) : text(compact(text), places);
  }

  private static boolean isAmount(String text, BigDecimal amount) {
    return (
      text.chars().anyMatch(Character::isDigit) &&
      text.indexOf(' ') < 0 &&
      IndianNotation.amount(text)
        .filter(read -> read.compareTo(amount) == 0)
        .isPresent()
    );
  }

  private static Optional<Word> date(String iso, List<Run> places) {
    return first(
      places,
      run ->
        run.words() <= LONGEST_DATE &&
        IndianNotation.moment(run.word().text()).filter(iso::equals).isPresent()
    ).or(() -> first(places, run -> isDate(run, iso)));
  }

  private static boolean isDate(Run run, String iso) {
    return (
      run.words() <= LONGEST_DATE &&
      IndianNotation.date(run.word().text()).filter(iso.substring(0, 10)::equals).isPresent()
    );
  }

  /** Which runs are a text, as it is stored. */
  static Predicate<Run> says(String text) {
    var compact = compact(text);
    boolean isDate = DATE.matcher(text).matches();
    return run ->
      !compact.isEmpty() && (run.compact().equals(compact) || (isDate && isDate(run, text)));
  }

  private Optional<Word> text(String compact, List<Run> places) {
    return text(compact, first(places, run -> run.compact().equals(compact)), seen.stream());
  }

  /** The first place of a text or date that is further down than this. */
  private Optional<Word> below(double y, String text) {
    Predicate<Run> isBelow = run -> run.word().y() > y;
    if (DATE.matcher(text).matches()) {
      return date(text, runs.stream().filter(isBelow).toList());
    }
    var compact = compact(text);
    return compact.isEmpty()
      ? Optional.empty()
      : text(
          compact,
          first(byCompact.getOrDefault(compact, List.of()), isBelow),
          seen.stream().filter(isBelow)
        );
  }

  /** By itself, or within other text that stands on an earlier line. */
  private static Optional<Word> text(String compact, Optional<Word> alone, Stream<Run> wholes) {
    if (compact.length() < TELLING) {
      return alone;
    }
    var within = wholes
      .filter(whole -> whole.compact().contains(compact))
      .map(Run::word)
      .findFirst();
    return within
      .filter(word -> alone.filter(other -> middle(other) <= word.y() + word.height()).isEmpty())
      .or(() -> alone);
  }

  private static Optional<Word> first(List<Run> places, Predicate<Run> fits) {
    return places.stream().filter(fits).findFirst().map(Run::word);
  }

  private static PrintedValue printed(Word word) {
    return new PrintedValue(word.text(), Optional.of(Box.of(word)));
  }

  /** Every piece alone, then with the one that follows it on its line, and so on. */
  private static List<Run> runs(List<Run> pieces) {
    var runs = new ArrayList<Run>();
    for (int first = 0; first < pieces.size(); first++) {
      var run = pieces.get(first);
      runs.add(run);
      for (int next = first + 1; next < Math.min(pieces.size(), first + LONGEST); next++) {
        var piece = pieces.get(next);
        if (Math.abs(middle(piece.word()) - middle(run.word())) > SAME_LINE * run.word().height()) {
          break;
        }
        run = run.with(piece);
        runs.add(run);
      }
    }
    runs.sort(Comparator.comparingInt(Run::words));
    return runs;
  }

  /** Its words, each with its place, which is worked out from the whole's. */
  private static List<Word> pieces(Word word) {
    double each = word.width() / Math.max(1, word.text().length());
    return PIECE.matcher(word.text().substring(0, Math.min(LONGEST_PIECE, word.text().length())))
      .results()
      .map(piece ->
        new Word(
          piece.group(),
          word.x() + each * piece.start(),
          word.y(),
          each * piece.group().length(),
          word.height()
        )
      )
      .toList();
  }

  static Word joined(Word left, Word right) {
    double x = Math.min(left.x(), right.x());
    double y = Math.min(left.y(), right.y());
    double end = Math.max(left.x() + left.width(), right.x() + right.width());
    double bottom = Math.max(left.y() + left.height(), right.y() + right.height());
    return new Word(left.text() + " " + right.text(), x, y, end - x, bottom - y);
  }

  static double middle(Word word) {
    return word.y() + word.height() / 2;
  }

  static String compact(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /**
   * Some words of a line that follow one another.
   *
   * @param words how many
   * @param number that it is; of more than a sign, a number and a unit there is none
   */
  record Run(Word word, String compact, int words, Optional<CellNumber> number) {
    private static final int LONGEST_NUMBER = 2;

    static Run of(Word word) {
      return new Run(word, PrintedFields.compact(word.text()), 1, CellNumber.of(word.text()));
    }

    Run with(Run next) {
      var whole = joined(word, next.word);
      return new Run(
        whole,
        compact + next.compact,
        words + 1,
        words < LONGEST_NUMBER ? CellNumber.of(whole.text()) : Optional.empty()
      );
    }
  }
}
