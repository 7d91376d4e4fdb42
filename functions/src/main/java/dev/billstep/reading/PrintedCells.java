package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.Word;
import dev.billstep.reading.PrintedFields.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds where the values of a table's rows stand. A row may say the same number in several of its
 * cells: then all rows together tell which column a field has, and where they don't, the order of the
 * schema, which is that of most prints, from left to right.
 */
final class PrintedCells {

  /** Of a row that says it, but on another line than most of its values. */
  private static final double BESIDE = 0.5;

  /** Against rows that agree on a column: what stands left of the field before it. */
  private static final double OUT_OF_ORDER = 0.4;

  /** What two fields say at one place: a total before tax and one after it, of a bill without tax. */
  private static final double SHARED = 0.3;

  /** Of the narrower one's width: what stands above each other is one column. */
  private static final double ONE_COLUMN = 0.3;

  /** Places that are looked at of one value: a page may say a number everywhere. */
  private static final int PLACES = 12;

  /** Of a continued text, in its line's height: how far left of its beginning it may go on. */
  private static final double INDENT = 2;

  private final List<Row> rows;
  private final List<Span> columns;

  private PrintedCells(List<Row> rows) {
    this.rows = rows;
    this.columns = columns(
      rows
        .stream()
        .flatMap(row -> row.places().values().stream())
        .flatMap(List::stream)
        .map(Span::of)
        .sorted(Comparator.comparingDouble(Span::width))
        .toList()
    );
  }

  /**
   * Where values stand.
   *
   * @param lines the rows that were found, each with the text between those beside it
   * @return by the row, and the field's name
   */
  static Map<Integer, Map<String, Word>> find(List<Line> lines) {
    var rows = new ArrayList<Row>();
    double above = Double.NEGATIVE_INFINITY;
    for (var line : lines) {
      rows.add(Row.of(line, line.home(above)));
      above = line.home(above);
    }
    var cells = new PrintedCells(rows);
    var elected = cells.elected();
    var found = new LinkedHashMap<Integer, Map<String, Word>>();
    cells.rows.forEach(row -> found.put(row.index(), cells.placed(row, elected)));
    return found;
  }

  /** Intervals, the narrowest first: a wide one may lie above several columns. */
  private static List<Span> columns(List<Span> spans) {
    var columns = new ArrayList<Span>();
    for (var span : spans) {
      if (columns.stream().noneMatch(span::isAbove)) {
        columns.add(span);
      }
    }
    columns.sort(Comparator.comparingDouble(Span::left));
    return columns;
  }

  /** The column of each field: that in which most rows have it, each if possible right of the one before. */
  private Map<String, Integer> elected() {
    var fields = new LinkedHashSet<String>();
    rows.forEach(row -> fields.addAll(row.places().keySet()));
    var ways = List.of(new Way(new LinkedHashMap<>(), -1, 0));
    for (var field : fields) {
      var best = new HashMap<Integer, Way>();
      for (int column = 0; column < columns.size(); column++) {
        double rowsWithIt = support(field, column);
        if (rowsWithIt > 0) {
          for (var way : ways) {
            best.merge(column, way.with(field, column, rowsWithIt), Way::better);
          }
        }
      }
      ways = best.isEmpty() ? ways : List.copyOf(best.values());
    }
    return ways.stream().reduce(Way::better).map(Way::columns).orElseThrow();
  }

  private double support(String field, int column) {
    return rows
      .stream()
      .mapToDouble(row -> {
        var there = row
          .of(field)
          .stream()
          .filter(word -> isIn(word, column))
          .toList();
        return there.isEmpty() ? 0 : there.stream().anyMatch(row::isOnItsLine) ? 1 : BESIDE;
      })
      .sum();
  }

  private boolean isIn(Word word, int column) {
    return Span.of(word).isAbove(columns.get(column));
  }

  private Map<String, Word> placed(Row row, Map<String, Integer> elected) {
    var placed = new LinkedHashMap<String, Word>();
    var taken = new ArrayList<Word>();
    row.places().forEach((field, places) -> {
      var inColumn = places
        .stream()
        .filter(word -> elected.containsKey(field) && isIn(word, elected.get(field)))
        .toList();
      Stream.of(inColumn, places)
        .flatMap(List::stream)
        .filter(word -> taken.stream().noneMatch(other -> isOver(word, other)))
        .findFirst()
        .or(() -> Stream.concat(inColumn.stream(), places.stream()).findFirst())
        .ifPresent(word -> {
          placed.put(field, word);
          taken.add(word);
        });
    });
    return placed;
  }

  private static boolean isOver(Word one, Word other) {
    return (
      Span.of(one).isAbove(Span.of(other)) &&
      Math.abs(PrintedFields.middle(one) - PrintedFields.middle(other)) < one.height() / 2
    );
  }

  /**
   * A row that was found on the page.
   *
   * @param index of the row in its table
   * @param fields in the form in which they are stored
   * @param anchor one of its values
   * @param near runs of words between the rows beside it
   */
  record Line(int index, JsonNode fields, Word anchor, List<Run> near) {
    /** The middle of its line that most of its values are on, of several the first below another row's. */
    double home(double above) {
      var said = fields
        .properties()
        .stream()
        .map(field -> saying(field.getKey(), field.getValue(), near))
        .filter(places -> !places.isEmpty())
        .toList();
      return said
        .stream()
        .flatMap(List::stream)
        .map(PrintedFields::middle)
        .filter(middle -> middle > above + anchor.height() / 2)
        .distinct()
        .max(
          Comparator.<Double>comparingLong(middle -> on(middle, said)).thenComparing(
            Comparator.reverseOrder()
          )
        )
        .orElse(PrintedFields.middle(anchor));
    }

    private long on(double middle, List<List<Word>> said) {
      return said
        .stream()
        .filter(places ->
          places
            .stream()
            .anyMatch(word -> Math.abs(PrintedFields.middle(word) - middle) < anchor.height() / 2)
        )
        .count();
    }

    /** What is near it, with its own line first. */
    List<Run> from(double home) {
      return near
        .stream()
        .sorted(
          Comparator.comparingLong((Run run) ->
            Math.round(Math.abs(PrintedFields.middle(run.word()) - home) / anchor.height())
          ).thenComparingInt(Run::words)
        )
        .toList();
    }
  }

  /** Where a value may stand, in the order of the runs. */
  static List<Word> saying(String field, JsonNode value, List<Run> runs) {
    return runs.stream().filter(says(field, value)).map(Run::word).limit(PLACES).toList();
  }

  private static Predicate<Run> says(String field, JsonNode value) {
    if (value.isNumber()) {
      boolean mayBePercent = field.contains("rate");
      var number = value.decimalValue();
      return run -> isNumber(run, number, mayBePercent);
    }
    return value.isTextual() ? PrintedFields.says(value.asText()) : run -> false;
  }

  private static boolean isNumber(Run run, BigDecimal value, boolean mayBePercent) {
    return run
      .number()
      .filter(number -> number.is(value) && (!number.isPercent() || mayBePercent))
      .isPresent();
  }

  /**
   * The places that a row's values may stand at, the likeliest first.
   *
   * @param home the middle of its line
   * @param height of that
   * @param places by field, in the schema's order; none without a place
   */
  private record Row(int index, double home, double height, Map<String, List<Word>> places) {
    static Row of(Line line, double home) {
      var near = line.from(home);
      var places = new LinkedHashMap<String, List<Word>>();
      line
        .fields()
        .properties()
        .forEach(field -> {
          var words = saying(field.getKey(), field.getValue(), near);
          if (words.isEmpty() && field.getValue().isTextual()) {
            words = continued(PrintedFields.compact(field.getValue().asText()), near)
              .stream()
              .toList();
          }
          if (!words.isEmpty()) {
            places.put(field.getKey(), words);
          }
        });
      return new Row(line.index(), home, line.anchor().height(), places);
    }

    boolean isOnItsLine(Word word) {
      return Math.abs(PrintedFields.middle(word) - home) < height / 2;
    }

    List<Word> of(String field) {
      return places.getOrDefault(field, List.of());
    }

    /** A text that goes on below itself; between its parts stand those of other cells. */
    private static Optional<Word> continued(String compact, List<Run> near) {
      var pieces = near
        .stream()
        .filter(run -> run.words() == 1)
        .map(Run::word)
        .sorted(Comparator.comparingDouble(Word::y).thenComparingDouble(Word::x))
        .toList();
      return pieces
        .stream()
        .flatMap(first -> from(first, compact, pieces).stream())
        .min(Comparator.comparingDouble(word -> word.width() * word.height()));
    }

    private static Optional<Word> from(Word first, String compact, List<Word> pieces) {
      if (compact.isEmpty() || !begins(first, compact, 0)) {
        return Optional.empty();
      }
      int at = PrintedFields.compact(first.text()).length();
      var whole = first;
      for (var piece : pieces) {
        boolean isBehind =
          piece.y() > first.y() + first.height() / 2 ||
          (piece.x() > first.x() && piece.y() > first.y() - first.height() / 2);
        if (
          isBehind && piece.x() > first.x() - INDENT * first.height() && begins(piece, compact, at)
        ) {
          whole = PrintedFields.joined(whole, piece);
          at += PrintedFields.compact(piece.text()).length();
        }
      }
      return at == compact.length() ? Optional.of(whole) : Optional.empty();
    }

    private static boolean begins(Word piece, String compact, int at) {
      var text = PrintedFields.compact(piece.text());
      return !text.isEmpty() && compact.startsWith(text, at);
    }
  }

  /** From left to right. */
  private record Span(double left, double width) {
    static Span of(Word word) {
      return new Span(word.x(), word.width());
    }

    boolean isAbove(Span other) {
      double shared = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
      return shared > ONE_COLUMN * Math.min(width, other.width);
    }
  }

  /**
   * Which fields have which columns.
   *
   * @param last of the field before
   */
  private record Way(Map<String, Integer> columns, int last, double worth) {
    Way with(String field, int column, double support) {
      var more = new LinkedHashMap<>(columns);
      more.put(field, column);
      double cost = columns.containsValue(column) ? SHARED : column < last ? OUT_OF_ORDER : 0;
      return new Way(more, column, worth + support - cost);
    }

    static Way better(Way one, Way other) {
      return other.worth > one.worth ? other : one;
    }
  }
}
