package dev.billstep.samples;

import dev.billstep.samples.Trade.Line;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A column of a table of goods.
 *
 * @param heading its lines
 * @param width beside the other columns'
 * @param text what stands in it for a line and its number, from 1; several lines are below each other
 */
record Column(
  List<String> heading,
  double width,
  boolean isNumber,
  BiFunction<Line, Integer, List<String>> text
) {
  static Column text(String heading, double width, BiFunction<Line, Integer, String> text) {
    return new Column(List.of(heading.split("\n", -1)), width, false, lines(text));
  }

  static Column number(String heading, double width, BiFunction<Line, Integer, String> text) {
    return new Column(List.of(heading.split("\n", -1)), width, true, lines(text));
  }

  private static BiFunction<Line, Integer, List<String>> lines(
    BiFunction<Line, Integer, String> text
  ) {
    return (line, number) -> List.of(text.apply(line, number).split("\n", -1));
  }
}
