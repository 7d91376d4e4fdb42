package dev.billstep.postgrest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /{table}?select=…&column=eq.…&order=…&limit=…}. */
record RowSelect(String table, Map<String, String> parameters) implements RestCall {
  private static final Map<String, String> OPERATORS = Map.of(
    "eq",
    "=",
    "neq",
    "<>",
    "gt",
    ">",
    "gte",
    ">=",
    "lt",
    "<",
    "lte",
    "<="
  );

  @Override
  public Optional<String> run(Connection connection) throws SQLException, RestError {
    var values = new ArrayList<String>();
    var sql = "SELECT coalesce(json_agg(t), '[]') FROM (%s) AS t".formatted(rows(values));
    try (var statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.size(); index++) {
        statement.setObject(index + 1, values.get(index), Types.OTHER); // Typed by its column.
      }
      try (var result = statement.executeQuery()) {
        result.next();
        return Optional.of(result.getString(1));
      }
    }
  }

  private String rows(List<String> values) throws RestError {
    var conditions = new ArrayList<String>();
    var columns = "*";
    var order = "";
    var limit = "";
    for (var parameter : parameters.entrySet()) {
      var value = parameter.getValue();
      switch (parameter.getKey()) {
        case "select" -> columns = columns(value);
        case "order" -> order = " ORDER BY " + order(value);
        case "limit" -> limit = " LIMIT " + number(value);
        case "offset", "or", "and", "not" -> throw RestError.beyondThisStandIn(parameter.getKey());
        default -> conditions.add(condition(parameter.getKey(), value, values));
      }
    }
    var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return "SELECT " + columns + " FROM " + Identifier.quoted(table) + where + order + limit;
  }

  private static String columns(String list) throws RestError {
    if (list.equals("*")) {
      return list;
    }
    var columns = new ArrayList<String>();
    for (var column : list.split(",", -1)) {
      columns.add(Identifier.quoted(column));
    }
    return String.join(", ", columns);
  }

  private static String order(String list) throws RestError {
    var terms = new ArrayList<String>();
    for (var term : list.split(",", -1)) {
      int dot = term.indexOf('.');
      var direction = switch (dot < 0 ? "asc" : term.substring(dot + 1)) {
        case "asc" -> " ASC";
        case "desc" -> " DESC";
        default -> throw RestError.beyondThisStandIn("order " + term);
      };
      terms.add(Identifier.quoted(dot < 0 ? term : term.substring(0, dot)) + direction);
    }
    return String.join(", ", terms);
  }

  private static long number(String text) throws RestError {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw RestError.badRequest("\"%s\" is no number".formatted(text));
    }
  }

  private static String condition(String column, String filter, List<String> values)
    throws RestError {
    int dot = filter.indexOf('.');
    var operator = OPERATORS.get(dot < 0 ? "" : filter.substring(0, dot));
    if (operator == null) {
      throw RestError.beyondThisStandIn("filter " + filter);
    }
    values.add(filter.substring(dot + 1));
    return Identifier.quoted(column) + " " + operator + " ?";
  }
}
