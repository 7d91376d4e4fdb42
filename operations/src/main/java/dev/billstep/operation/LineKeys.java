package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which line of a table is where: a line's number changes with the lines before it, its key does not.
 *
 * @param tables by their names, the keys of their lines in order
 */
record LineKeys(Map<String, List<String>> tables) {
  private static final Pattern LINE = Pattern.compile("/([^/]+)/(\\d+)(/.*)?");

  /** As the database gives them: {@code {"line_items": ["3f2a81c09b7e.1"]}}. */
  static LineKeys of(JsonNode lines) {
    var tables = new LinkedHashMap<String, List<String>>();
    lines
      .properties()
      .forEach(table ->
        tables.put(
          table.getKey(),
          new ArrayList<>(table.getValue().valueStream().map(JsonNode::asText).toList())
        )
      );
    return new LineKeys(tables);
  }

  boolean isTable(String name) {
    return tables.containsKey(name);
  }

  List<String> of(String table) {
    return tables.getOrDefault(table, List.of());
  }

  /** A pointer with the numbers of lines, by their keys; empty where there is no such line. */
  Optional<String> keyed(String pointer) {
    var line = LINE.matcher(pointer);
    if (!line.matches() || !isTable(line.group(1))) {
      return Optional.of(pointer);
    }
    var keys = of(line.group(1));
    int number = Integer.parseInt(line.group(2));
    return number < keys.size()
      ? Optional.of(
          "/%s/%s%s".formatted(
            line.group(1),
            keys.get(number),
            Optional.ofNullable(line.group(3)).orElse("")
          )
        )
      : Optional.empty();
  }

  /** A place by keys, as a pointer with the numbers of lines. */
  String pointer(List<String> place) {
    var numbered = new ArrayList<>(place);
    if (place.size() > 1 && isTable(place.getFirst())) {
      numbered.set(1, String.valueOf(of(place.getFirst()).indexOf(place.get(1))));
    }
    return numbered.isEmpty() ? "" : "/" + String.join("/", numbered);
  }
}
