package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row: by the key of each column, what stands there line by line.
 *
 * @param line of the page's lines that its numbers stand on
 */
public record Row(int line, Map<String, List<Cell>> cells) {
  static Row of(int line) {
    return new Row(line, new LinkedHashMap<>());
  }

  void add(String column, Phrase phrase) {
    cells.computeIfAbsent(column, key -> new ArrayList<>()).add(new Cell(phrase));
  }

  /** Takes in what another row has, before its own or after. */
  void take(Row other, boolean before) {
    other.cells.forEach((column, more) -> {
      var own = cells.computeIfAbsent(column, key -> new ArrayList<>());
      own.addAll(before ? 0 : own.size(), more);
    });
  }

  public List<Cell> of(String column) {
    return cells.getOrDefault(column, List.of());
  }

  /** What stands in a column, from its first line to its last. */
  public Optional<String> text(String column) {
    var text = of(column).stream().map(Cell::text).collect(Collectors.joining(" ")).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  public Optional<Cell> first(String column) {
    return of(column).stream().findFirst();
  }

  long numbers() {
    return cells.values().stream().flatMap(List::stream).filter(Cell::isNumber).count();
  }

  public List<Phrase> phrases() {
    return cells.values().stream().flatMap(List::stream).map(Cell::phrase).toList();
  }

  public Box box() {
    return Box.around(phrases().stream().map(Phrase::box).toList());
  }
}
