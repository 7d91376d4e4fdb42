package dev.billstep.offline.tables;

import dev.billstep.offline.tokens.Phrase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the values of one row stand: each in a column that can have it, and no two at one place. */
public final class CellPlaces {

  private final Row row;
  private final List<Phrase> taken = new ArrayList<>();

  public CellPlaces(Row row) {
    this.row = row;
  }

  /**
   * Where an amount or a rate stands; nowhere where it was worked out.
   *
   * @param columns in which it may stand, the likeliest first
   */
  public Optional<Phrase> number(BigDecimal value, List<String> columns) {
    return place(columns, phrase -> {
      var numbers = new Cell(phrase).numbers();
      return numbers.size() == 1 && numbers.getFirst().abs().compareTo(value.abs()) == 0;
    });
  }

  /** Where a text stands that is all that a cell says, or a part of it. */
  public Optional<Phrase> text(String value, List<String> columns) {
    var wanted = compact(value);
    return wanted.isEmpty()
      ? Optional.empty()
      : place(columns, phrase -> compact(phrase.text()).contains(wanted));
  }

  /** All that a column says, from its first line to its last. */
  public Optional<Phrase> column(String name) {
    var tokens = row
      .of(name)
      .stream()
      .flatMap(cell -> cell.phrase().tokens().stream())
      .toList();
    return tokens.isEmpty() ? Optional.empty() : Optional.of(Phrase.of(tokens));
  }

  /** The fewest words of one line that say it. */
  private Optional<Phrase> place(List<String> columns, Predicate<Phrase> says) {
    var places = columns
      .stream()
      .flatMap(column -> row.of(column).stream())
      .flatMap(cell ->
        parts(cell.phrase())
          .filter(says)
          .min(Comparator.comparingInt(part -> part.tokens().size()))
          .stream()
      )
      .toList();
    var place = places
      .stream()
      .filter(phrase -> !taken.contains(phrase))
      .findFirst()
      .or(() -> places.stream().findFirst());
    place.ifPresent(taken::add);
    return place;
  }

  private static Stream<Phrase> parts(Phrase phrase) {
    var tokens = phrase.tokens();
    return IntStream.range(0, tokens.size())
      .boxed()
      .flatMap(from ->
        IntStream.rangeClosed(from + 1, tokens.size()).mapToObj(to ->
          Phrase.of(tokens.subList(from, to))
        )
      );
  }

  private static String compact(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
