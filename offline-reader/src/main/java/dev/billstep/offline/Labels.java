package dev.billstep.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds what is printed behind a label: in the same cell, in the cell beside it, or in the one
 * below.
 */
final class Labels {

  /** Of the label's height: a value further below belongs to something else. */
  private static final double FURTHEST_BELOW = 2.6;

  private final Layout layout;

  Labels(Layout layout) {
    this.layout = layout;
  }

  /**
   * The first value that fits.
   *
   * @param spellings of the label; those named first are preferred
   * @param shape makes the value of a text, or refuses it
   */
  <T> Optional<T> value(List<String> spellings, Function<String, Optional<T>> shape) {
    return value(spellings, shape, Order.BESIDE_FIRST);
  }

  /** The first value that fits, where it is looked for in that order. */
  <T> Optional<T> value(List<String> spellings, Function<String, Optional<T>> shape, Order order) {
    return spellings
      .stream()
      .flatMap(this::places)
      .map(place -> value(place, shape, order))
      .flatMap(Optional::stream)
      .findFirst();
  }

  /** The first value that fits, beside or below a cell that is nothing but the label. */
  <T> Optional<T> valueOfWhole(List<String> spellings, Function<String, Optional<T>> shape) {
    return spellings
      .stream()
      .flatMap(this::places)
      .filter(place -> place.cell().compact().equals(place.spelling()))
      .map(place -> value(place, shape, Order.BELOW_FIRST))
      .flatMap(Optional::stream)
      .findFirst();
  }

  /** Where a value is looked for first, once it does not stand in the label's own cell. */
  enum Order {
    BESIDE_FIRST,
    BELOW_FIRST,
  }

  /** Where a label stands. */
  Stream<Place> places(String label) {
    var spelling = Cell.compact(label);
    var places = new ArrayList<Place>();
    for (int row = 0; row < layout.rows().size(); row++) {
      var cells = layout.rows().get(row).cells();
      for (int column = 0; column < cells.size(); column++) {
        int start = start(cells.get(column), spelling);
        if (start >= 0) {
          places.add(new Place(row, column, cells.get(column), start, spelling));
        }
      }
    }
    return places.stream();
  }

  /** A label begins a word; at the beginning of a cell it need not be told from others. */
  private static int start(Cell cell, String spelling) {
    int start = cell.compact().indexOf(spelling);
    while (start >= 0 && !cell.wordBegins(start)) {
      start = cell.compact().indexOf(spelling, start + 1);
    }
    return start;
  }

  private <T> Optional<T> value(Place place, Function<String, Optional<T>> shape, Order order) {
    var inside = Stream.of(place.cell().after(place.start(), place.spelling()));
    var around = switch (order) {
      case BESIDE_FIRST -> Stream.of(inside, beside(place), below(place));
      case BELOW_FIRST -> Stream.of(inside, below(place), beside(place));
    };
    return around
      .flatMap(Function.identity())
      .filter(text -> !text.isBlank())
      .map(shape)
      .flatMap(Optional::stream)
      .findFirst();
  }

  private Stream<String> beside(Place place) {
    var cells = layout.rows().get(place.row()).cells();
    return cells
      .stream()
      .skip(place.column() + 1L)
      .limit(1)
      .map(cell -> Cell.withoutSeparator(cell.text()));
  }

  private Stream<String> below(Place place) {
    var label = place.cell();
    return layout
      .from(place.row() + 1)
      .cells()
      .filter(cell -> cell.overlap(label) > 0)
      .filter(cell -> cell.middle() - label.middle() <= FURTHEST_BELOW * label.height())
      .sorted(Comparator.comparingDouble(Cell::middle))
      .map(Cell::text);
  }

  /**
   * A label on the page.
   *
   * @param start in the cell's compact text
   * @param spelling compact
   */
  record Place(int row, int column, Cell cell, int start, String spelling) {}
}
