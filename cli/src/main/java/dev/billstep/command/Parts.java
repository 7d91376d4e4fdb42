package dev.billstep.command;

import java.util.Map;
import java.util.stream.Collectors;

/** Where a stack's parts are, by their names. */
final class Parts {

  private Parts() {}

  /** A line each. */
  static String text(Map<String, ?> parts) {
    return parts
      .entrySet()
      .stream()
      .map(part -> "%-15s%s".formatted(part.getKey(), part.getValue()))
      .collect(Collectors.joining("\n"));
  }
}
