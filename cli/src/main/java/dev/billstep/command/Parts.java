package dev.billstep.command;

import java.util.Map;
import java.util.stream.Collectors;

/** Where a stack's parts are, by their names. */
final class Parts {

  private Parts() {}

  /** A line each. */
  static String text(Map<String, ?> parts) {
    int widest = parts.keySet().stream().mapToInt(String::length).max().orElse(1);
    return parts
      .entrySet()
      .stream()
      .map(part -> String.format("%-" + widest + "s  %s", part.getKey(), part.getValue()))
      .collect(Collectors.joining("\n"));
  }
}
