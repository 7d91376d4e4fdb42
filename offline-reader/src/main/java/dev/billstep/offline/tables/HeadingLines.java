package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the headings of tables: lines of words that head columns, one above the other. */
final class HeadingLines {

  /** Columns that must be known for lines of words to be a heading. */
  private static final int FEWEST_COLUMNS = 3;

  private static final int MOST_LINES = 5;

  /** Beside ten for a column: a line of headings that makes one of them unknown is one still. */
  private static final int A_LINE_MORE = 8;

  /** Of the text's height: a heading's lines are that close to each other. */
  private static final double HEADING_PITCH = 2.2;

  /** Of the lines' words, those that must be words of headings. */
  private static final double HEADING_SHARE = 0.6;

  private final List<Line> lines;
  private final Headings headings;

  HeadingLines(List<Line> lines, Headings headings) {
    this.lines = lines;
    this.headings = headings;
  }

  /** From top to bottom. */
  List<Heading> all() {
    var found = new ArrayList<Heading>();
    int first = 0;
    while (first < lines.size()) {
      int last = lastHeadingLine(first);
      var heading = last < first ? Optional.<Heading>empty() : best(first, last);
      heading.ifPresent(found::add);
      first = heading.map(Heading::lastLine).orElse(first) + 1;
    }
    return found;
  }

  private int lastHeadingLine(int first) {
    int last = first - 1;
    while (last + 1 < lines.size() && last + 1 < first + MOST_LINES && isHeadingLine(last + 1)) {
      if (last >= first && pitch(last, last + 1) > HEADING_PITCH * lines.get(last).box().height()) {
        break;
      }
      last++;
    }
    return last;
  }

  private boolean isHeadingLine(int index) {
    var tokens = lines.get(index).tokens();
    long words = tokens
      .stream()
      .filter(token -> headings.isWord(token.text()))
      .count();
    boolean hasAmount = tokens.stream().anyMatch(token -> Tables.isAmount(token.text()));
    boolean hasNumber = tokens.stream().anyMatch(token -> token.text().matches("\\d+"));
    return !hasAmount && !hasNumber && words >= HEADING_SHARE * tokens.size();
  }

  /** The heading with the most known columns that some of the lines make. */
  private Optional<Heading> best(int first, int last) {
    return IntStream.rangeClosed(first, last)
      .boxed()
      .flatMap(from ->
        IntStream.rangeClosed(from, last).mapToObj(to -> Heading.of(lines, from, to, headings))
      )
      .filter(HeadingLines::isComplete)
      .max(
        Comparator.comparingInt(
          heading -> known(heading) + A_LINE_MORE * (heading.lastLine() - heading.firstLine())
        )
      );
  }

  private static int known(Heading heading) {
    var keys = new HashSet<String>();
    heading.columns().forEach(column -> keys.add(column.key()));
    keys.remove("other");
    return (
      keys.size() * 10 -
      (int) heading
        .columns()
        .stream()
        .filter(column -> column.key().equals("other"))
        .count()
    );
  }

  private static boolean isComplete(Heading heading) {
    return known(heading) >= FEWEST_COLUMNS * 10 - 5;
  }

  private double pitch(int upper, int lower) {
    return lines.get(lower).box().middle() - lines.get(upper).box().middle();
  }
}
