package dev.billstep.offline.tables;

import dev.billstep.offline.labels.Compact;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Line;
import dev.billstep.offline.tokens.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The heading of a table, over one line or several.
 *
 * @param firstLine of the page's lines
 * @param lastLine of the page's lines
 */
record Heading(List<Column> columns, int firstLine, int lastLine) {
  private static final Set<String> PARENTS = names(
    "cgst",
    "sgst",
    "utgst",
    "sgst/utgst",
    "sgst/ugst",
    "igst",
    "cess",
    "tax",
    "gst",
    "central tax",
    "state tax",
    "integrated tax"
  );
  private static final Set<String> CHILDREN = names(
    "rate",
    "amount",
    "amt",
    "%",
    "value",
    "rate %",
    "type"
  );

  private static final Set<String> RATES = names("rate", "%", "rate %");

  /** Of the wider of both, how far a tax's rate and amount stand from its name. */
  private static final double REACH = 3;

  private static final Set<String> NUMBERS = Set.of(
    "quantity",
    "unit_price",
    "taxable_value",
    "total"
  );

  /** What stands before the numbers is what is sold, whatever its heading was read as. */
  Heading withDescription() {
    if (columns.stream().anyMatch(column -> column.key().equals("description"))) {
      return this;
    }
    int numbers = 0;
    while (numbers < columns.size() && !NUMBERS.contains(columns.get(numbers).key())) {
      numbers++;
    }
    var named = new ArrayList<>(columns);
    for (int index = 0; index < Math.min(numbers, columns.size() - 1); index++) {
      if (
        columns.get(index).key().equals("other") &&
        (has("quantity") || has("hsn_sac") || has("unit_price")) &&
        (has("total") || has("taxable_value"))
      ) {
        named.set(index, columns.get(index).named("description"));
        return new Heading(List.copyOf(named), firstLine, lastLine);
      }
    }
    return this;
  }

  /** With another name for a column. */
  Heading with(int index, String key) {
    var named = new ArrayList<>(columns);
    named.set(index, columns.get(index).named(key));
    return new Heading(List.copyOf(named), firstLine, lastLine);
  }

  /** The first column of a kind, or -1. */
  int indexOf(String key) {
    return columns.stream().map(Column::key).toList().indexOf(key);
  }

  /** The last column of a kind, or -1. */
  int lastIndexOf(String key) {
    return columns.stream().map(Column::key).toList().lastIndexOf(key);
  }

  boolean has(String key) {
    return columns.stream().anyMatch(column -> column.key().equals(key));
  }

  private static Set<String> names(String... names) {
    return Set.copyOf(List.of(names).stream().map(Compact::text).toList());
  }

  static Heading of(List<Line> lines, int firstLine, int lastLine, Headings headings) {
    var rows = lines
      .subList(firstLine, lastLine + 1)
      .stream()
      .map(line ->
        line
          .phrases()
          .stream()
          .flatMap(phrase -> headings.parts(phrase).stream())
          .toList()
      )
      .toList();
    var columns = new ArrayList<Stack>();
    for (int row = 0; row < rows.size(); row++) {
      place(rows.get(row), columns);
    }
    var named = columns
      .stream()
      .sorted(Comparator.comparingDouble(stack -> stack.box().center()))
      .map(stack -> stack.column(headings))
      .toList();
    return new Heading(named, firstLine, lastLine);
  }

  private static void place(List<Phrase> row, List<Stack> columns) {
    var children = new ArrayList<Phrase>();
    for (var part : row) {
      if (isChild(part, columns)) {
        children.add(part);
      } else {
        stackOf(part, columns);
      }
    }
    placeChildren(children, columns);
  }

  /** {@code Rate} and {@code Amount} below {@code CGST}; not {@code Amount} right below {@code Net}. */
  private static boolean isChild(Phrase part, List<Stack> columns) {
    if (!CHILDREN.contains(Compact.text(part.text()))) {
      return false;
    }
    boolean isUnderOther = columns
      .stream()
      .anyMatch(stack -> !stack.isParent() && stack.isOver(part));
    return !isUnderOther && columns.stream().anyMatch(stack -> stack.isParentOf(part));
  }

  /** A tax has one rate and one amount: the nearest of each. */
  private static void placeChildren(List<Phrase> children, List<Stack> columns) {
    var parents = columns
      .stream()
      .filter(Stack::isParent)
      .filter(stack -> children.stream().anyMatch(stack::isParentOf))
      .toList();
    if (isRateAndAmountOfEach(children, parents)) {
      placeInOrder(children, parents, columns);
      return;
    }
    var placed = new ArrayList<Phrase>();
    for (var parent : parents) {
      for (boolean isRate : List.of(true, false)) {
        children
          .stream()
          .filter(child -> isRate(child) == isRate)
          .filter(child -> nearest(child, parents).equals(parent) && parent.reaches(child))
          .min(Comparator.comparingDouble(parent::distance))
          .ifPresent(child -> {
            columns.remove(parent);
            columns.add(new Stack(parent.text(), new ArrayList<>(List.of(child))));
            placed.add(child);
          });
      }
    }
    children
      .stream()
      .filter(child -> !placed.contains(child))
      .forEach(child -> stackOf(child, columns));
  }

  /** {@code Rate Amount Rate Amount} below two taxes, wherever in their cells the names stand. */
  private static boolean isRateAndAmountOfEach(List<Phrase> children, List<Stack> parents) {
    return (
      parents.size() > 1 &&
      children.size() == 2 * parents.size() &&
      IntStream.range(0, children.size()).allMatch(
        index -> isRate(children.get(index)) == (index % 2 == 0)
      )
    );
  }

  private static void placeInOrder(
    List<Phrase> children,
    List<Stack> parents,
    List<Stack> columns
  ) {
    var names = parents
      .stream()
      .sorted(Comparator.comparingDouble(stack -> stack.box().center()))
      .toList();
    columns.removeAll(names);
    for (int index = 0; index < children.size(); index++) {
      columns.add(
        new Stack(names.get(index / 2).text(), new ArrayList<>(List.of(children.get(index))))
      );
    }
  }

  private static boolean isRate(Phrase child) {
    return RATES.contains(Compact.text(child.text()));
  }

  private static Stack nearest(Phrase child, List<Stack> parents) {
    return parents
      .stream()
      .min(Comparator.comparingDouble(parent -> parent.distance(child)))
      .orElseThrow();
  }

  private static void stackOf(Phrase part, List<Stack> columns) {
    columns
      .stream()
      .filter(stack -> stack.isOver(part))
      .max(Comparator.comparingDouble(stack -> stack.box().sharedWidth(part.box())))
      .ifPresentOrElse(
        stack -> stack.parts().add(part),
        () -> columns.add(new Stack("", new ArrayList<>(List.of(part))))
      );
  }

  /** Phrases of one column, from top to bottom. */
  private record Stack(String parent, List<Phrase> parts) {
    Box box() {
      return Box.around(parts.stream().map(Phrase::box).toList());
    }

    String text() {
      var own = String.join(" ", parts.stream().map(Phrase::text).toList());
      return parent.isEmpty() ? own : parent + " " + own;
    }

    double distance(Phrase child) {
      return Math.abs(box().center() - child.box().center());
    }

    boolean reaches(Phrase child) {
      return distance(child) < REACH * Math.max(box().width(), child.box().width());
    }

    /** A name of a tax on a line above. */
    boolean isParentOf(Phrase child) {
      return isParent() && box().middle() < child.box().top();
    }

    boolean isParent() {
      return (
        parent.isEmpty() &&
        parts.size() == 1 &&
        PARENTS.contains(Compact.text(parts.getFirst().text()))
      );
    }

    /** Above it, and not beside it on one line. */
    boolean isOver(Phrase part) {
      var own = box();
      double shared = own.sharedWidth(part.box());
      return (
        shared > 0.3 * Math.min(own.width(), part.box().width()) &&
        parts.getLast().box().middle() < part.box().top() + 0.3 * part.box().height()
      );
    }

    Column column(Headings headings) {
      return new Column(
        headings
          .key(text())
          .or(() -> parent.isEmpty() ? ofFirst(headings) : Optional.empty())
          .orElse("other"),
        text(),
        box()
      );
    }

    /** {@code BOXES} above {@code UoM}: the first line names the column. */
    private Optional<String> ofFirst(Headings headings) {
      return headings.key(parts.getFirst().text());
    }
  }
}
