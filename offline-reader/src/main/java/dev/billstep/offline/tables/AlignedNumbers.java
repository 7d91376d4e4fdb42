package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the columns of a table whose heading is not known: by lines of numbers that stand below one
 * another.
 */
final class AlignedNumbers {

  /** Numbers of a line that lists something: a count or a price, and an amount. */
  private static final int FEWEST_NUMBERS = 3;

  /** Of the text's height: how far the right edges of a column's numbers are from each other. */
  private static final double ALIGNED = 0.7;

  /** Of the text's height: lines of a heading are that close to each other and to the first row. */
  private static final double HEADING_PITCH = 3;

  private static final int MOST_HEADING_LINES = 4;

  /** Lines of text between two lines of numbers. */
  private static final int MOST_TEXTS = 6;

  private final List<Line> lines;
  private final double height;
  private final Headings headings;

  AlignedNumbers(List<Line> lines, double height, Headings headings) {
    this.lines = lines;
    this.height = height;
    this.headings = headings;
  }

  /**
   * The columns of the longest list, as a heading whose words say little.
   *
   * @param isFree whether a line, by its index, may belong to a list
   */
  Optional<Heading> find(IntPredicate isFree) {
    var ofNumbers = IntStream.range(0, lines.size())
      .filter(isFree)
      .filter(this::isOfNumbers)
      .boxed()
      .toList();
    return ofNumbers
      .stream()
      .map(first -> aligned(first, ofNumbers))
      .max(
        Comparator.<List<Integer>>comparingInt(List::size).thenComparing(
          list -> list.getFirst(),
          Comparator.reverseOrder()
        )
      )
      .map(this::heading);
  }

  private boolean isOfNumbers(int index) {
    var numbers = numbers(index);
    return (
      numbers.size() >= FEWEST_NUMBERS &&
      numbers.stream().anyMatch(number -> Tables.isAmount(number.text())) &&
      numbers.size() < lines.get(index).phrases().size()
    );
  }

  private List<Phrase> numbers(int index) {
    return lines
      .get(index)
      .phrases()
      .stream()
      .filter(phrase -> new Cell(phrase).isNumber())
      .toList();
  }

  /** The lines of numbers from one on that stand in its columns. */
  private List<Integer> aligned(int first, List<Integer> ofNumbers) {
    var list = new ArrayList<>(List.of(first));
    for (int index : ofNumbers) {
      if (index > list.getLast()) {
        if (index - list.getLast() > MOST_TEXTS + 1 || !areAligned(first, index)) {
          break;
        }
        list.add(index);
      }
    }
    return list;
  }

  private boolean areAligned(int one, int other) {
    var numbers = numbers(one);
    long aligned = numbers(other)
      .stream()
      .filter(number ->
        numbers
          .stream()
          .anyMatch(each -> Math.abs(each.box().right() - number.box().right()) < ALIGNED * height)
      )
      .count();
    return aligned >= 2 && aligned >= 0.6 * Math.min(numbers.size(), numbers(other).size());
  }

  private Heading heading(List<Integer> list) {
    int first = list.getFirst();
    int last = first;
    while (isHeadingLine(last - 1, last) && first - last < MOST_HEADING_LINES) {
      last--;
    }
    int firstLine = last;
    var above = lines
      .subList(firstLine, first)
      .stream()
      .flatMap(line -> line.phrases().stream())
      .flatMap(phrase -> headings.parts(phrase).stream())
      .toList();
    var stretches = stretches(list);
    var words =
      firstLine < first
        ? Optional.of(Heading.of(lines, firstLine, first - 1, headings))
        : Optional.<Heading>empty();
    var columns = stretches
      .stream()
      .map(stretch -> column(stretch, above))
      .toList();
    return words
      .filter(heading -> heading.columns().size() >= stretches.size())
      .orElseGet(() ->
        withDescription(withNumber(new Heading(columns, firstLine, first - 1), list), list)
      );
  }

  /** Words in several places right above the numbers, without an amount among them. */
  private boolean isHeadingLine(int index, int below) {
    if (index < 0) {
      return false;
    }
    var line = lines.get(index);
    return (
      lines.get(below).box().middle() - line.box().middle() < HEADING_PITCH * height &&
      line.phrases().size() > 1 &&
      line
        .tokens()
        .stream()
        .noneMatch(token -> token.text().matches(".*\\d.*"))
    );
  }

  /** What the phrases of the lines cover from left to right. */
  private List<Box> stretches(List<Integer> list) {
    var stretches = new ArrayList<Box>();
    list
      .stream()
      .flatMap(index -> lines.get(index).phrases().stream())
      .map(Phrase::box)
      .sorted(Comparator.comparingDouble(Box::left))
      .forEach(box -> {
        if (!stretches.isEmpty() && stretches.getLast().sharedWidth(box) > 0) {
          stretches.add(stretches.removeLast().with(box));
        } else {
          stretches.add(box);
        }
      });
    return stretches;
  }

  /** Named by the words above it where they are known. */
  private Column column(Box stretch, List<Phrase> above) {
    var words = above
      .stream()
      .filter(
        phrase ->
          phrase.box().sharedWidth(stretch) > 0.5 * Math.min(phrase.box().width(), stretch.width())
      )
      .toList();
    var text = String.join(" ", words.stream().map(Phrase::text).toList());
    var box = words.isEmpty()
      ? new Box(stretch.left(), stretch.top(), stretch.right(), stretch.top())
      : Box.around(words.stream().map(Phrase::box).toList());
    return new Column(headings.key(text).orElse("other"), text, box);
  }

  /** 1, 2, 3 at the left. */
  private Heading withNumber(Heading heading, List<Integer> list) {
    boolean areOrdinals =
      heading.columns().getFirst().key().equals("other") &&
      IntStream.range(0, list.size()).allMatch(place ->
        lines
          .get(list.get(place))
          .phrases()
          .getFirst()
          .text()
          .matches("%d[.)]?".formatted(place + 1))
      );
    return areOrdinals ? heading.with(0, "number") : heading;
  }

  /** What is sold has the most letters. */
  private Heading withDescription(Heading heading, List<Integer> list) {
    if (heading.has("description")) {
      return heading;
    }
    var stretches = stretches(list);
    return IntStream.range(0, heading.columns().size())
      .filter(index -> heading.columns().get(index).key().equals("other"))
      .boxed()
      .max(Comparator.comparingLong(index -> letters(stretches.get(index), list)))
      .filter(index -> letters(stretches.get(index), list) > 0)
      .map(index -> heading.with(index, "description"))
      .orElse(heading);
  }

  private long letters(Box stretch, List<Integer> list) {
    return list
      .stream()
      .flatMap(index -> lines.get(index).phrases().stream())
      .filter(phrase -> phrase.box().sharedWidth(stretch) > 0)
      .flatMapToInt(phrase -> phrase.text().chars())
      .filter(Character::isLetter)
      .count();
  }
}
