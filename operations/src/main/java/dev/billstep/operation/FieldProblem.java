package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Why a value can't be kept in its field, for whoever has typed it.
 *
 * @param path of the field, as a JSON pointer
 */
public record FieldProblem(String path, String message) {
  /**
   * What the schema has against a field.
   *
   * @param fields that it is in
   * @param problem with the field's place before it: {@code /grand_total: string found, …}
   */
  static FieldProblem of(JsonNode fields, String problem) {
    int colon = problem.indexOf(": ");
    var path = problem.substring(0, Math.max(colon, 0));
    var value = fields.at(path).asText();
    return new FieldProblem(path, sentence(value, problem.substring(colon + 2)));
  }

  private static String sentence(String value, String problem) {
    if (problem.contains("number")) {
      return "\"%s\" is not a number. Write it like 1,23,456.50.".formatted(value);
    }
    if (problem.contains("pattern")) {
      return "\"%s\" is not a date. Write it like 31-03-2026.".formatted(value);
    }
    if (problem.contains("boolean")) {
      return "\"%s\" is neither yes nor no.".formatted(value);
    }
    return "\"%s\" can't be kept here: %s.".formatted(value, problem);
  }
}
