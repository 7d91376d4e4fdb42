package dev.billstep.postgrest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /{table}?select=…&column=eq.…&order=…&limit=…&offset=…}.
 *
 * @param shape one row or a list
 * @param counted whether to say how many rows the filters leave
 */
record RowSelect(
  String table,
  Map<String, String> parameters,
  Shape shape,
  boolean counted
) implements RestCall {
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

  /** What PostgREST gives at once at the most, in a Supabase project by default. */
  private static final long MAX_ROWS = 1_000;

  @Override
  public RestResponse run(Connection connection) throws SQLException, RestError {
    var query = parsed();
    var rows = query.rows(table);
    try (var statement = connection.prepareStatement(rows)) {
      bind(statement, query.values());
      try (var result = statement.executeQuery()) {
        result.next();
        return switch (shape) {
          case ONE -> one(result.getLong(1), result.getString(2));
          case LIST -> list(
            result.getLong(1),
            result.getString(2),
            counted ? total(connection, query) : -1,
            query.offset()
          );
        };
      }
    }
  }

  private static RestResponse one(long rows, String json) throws RestError {
    if (rows != 1) {
      throw RestError.notOneRow(rows);
    }
    var one = json.substring(1, json.length() - 1).strip();
    return new RestResponse(200, Map.of("Content-Type", Shape.ONE.mediaType()), one);
  }

  /** PostgREST documentation, "Pagination and Count". */
  private static RestResponse list(long rows, String json, long total, long offset)
    throws RestError {
    if (total >= 0 && offset > 0 && offset >= total) {
      throw RestError.beyondTheLastRow(offset, total);
    }
    var range = rows == 0 ? "*" : offset + "-" + (offset + rows - 1);
    int status = total > rows ? 206 : 200;
    var contentRange = range + "/" + (total < 0 ? "*" : String.valueOf(total));
    return new RestResponse(status, Map.of("Content-Range", contentRange), json);
  }

  private long total(Connection connection, Query query) throws SQLException, RestError {
    try (var statement = connection.prepareStatement(query.count(table))) {
      bind(statement, query.values());
      try (var result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static void bind(PreparedStatement statement, List<String> values) throws SQLException {
    for (int index = 0; index < values.size(); index++) {
      statement.setObject(index + 1, values.get(index), Types.OTHER); // Typed by its column.
    }
  }

  private Query parsed() throws RestError {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<String>();
    var columns = "*";
    var order = "";
    long limit = MAX_ROWS;
    long offset = 0;
    for (var parameter : parameters.entrySet()) {
      var value = parameter.getValue();
      switch (parameter.getKey()) {
        case "select" -> columns = columns(value);
        case "order" -> order = " ORDER BY " + order(value);
        case "limit" -> limit = Math.min(number(value), MAX_ROWS);
        case "offset" -> offset = number(value);
        case "and" -> conditions.add(all(value, values));
        case "or", "not" -> throw RestError.beyondThisStandIn(parameter.getKey());
        default -> conditions.add(condition(parameter.getKey(), value, values));
      }
    }
    var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return new Query(columns, where, order, limit, offset, values);
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
      throw RestError.badRequest("\"%s\" is not a number".formatted(text));
    }
  }

  /** {@code (column.operator.value,column.operator.value)}. */
  private static String all(String list, List<String> values) throws RestError {
    var conditions = new ArrayList<String>();
    for (var condition : inParentheses(list).split(",", -1)) {
      int dot = condition.indexOf('.');
      if (dot < 0) {
        throw RestError.badRequest("\"%s\" is not a condition".formatted(condition));
      }
      conditions.add(condition(condition.substring(0, dot), condition.substring(dot + 1), values));
    }
    return String.join(" AND ", conditions);
  }

  private static String inParentheses(String list) throws RestError {
    if (!list.startsWith("(") || !list.endsWith(")")) {
      throw RestError.badRequest("\"%s\" is not in parentheses".formatted(list));
    }
    return list.substring(1, list.length() - 1);
  }

  private static String condition(String column, String filter, List<String> values)
    throws RestError {
    int dot = filter.indexOf('.');
    if (filter.startsWith("in.")) {
      var wanted = List.of(inParentheses(filter.substring(dot + 1)).split(",", -1));
      values.addAll(wanted);
      return Identifier.quoted(column) + " IN (?" + ", ?".repeat(wanted.size() - 1) + ")";
    }
    if (filter.equals("is.null")) {
      return Identifier.quoted(column) + " IS NULL";
    }
    var operator = OPERATORS.get(dot < 0 ? "" : filter.substring(0, dot));
    if (operator == null) {
      throw RestError.beyondThisStandIn("filter " + filter);
    }
    values.add(filter.substring(dot + 1));
    return Identifier.quoted(column) + " " + operator + " ?";
  }

  /** One row, or a list of rows. */
  enum Shape {
    ONE("application/vnd.pgrst.object+json; charset=utf-8"),
    LIST("application/json; charset=utf-8");

    private final String mediaType;

    Shape(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  private record Query(
    String columns,
    String where,
    String order,
    long limit,
    long offset,
    List<String> values
  ) {
    String rows(String table) throws RestError {
      var rows = "SELECT %s FROM %s%s%s LIMIT %d OFFSET %d".formatted(
        columns,
        Identifier.quoted(table),
        where,
        order,
        limit,
        offset
      );
      return "SELECT count(*), coalesce(json_agg(t), '[]') FROM (%s) AS t".formatted(rows);
    }

    String count(String table) throws RestError {
      return "SELECT count(*) FROM %s%s".formatted(Identifier.quoted(table), where);
    }
  }
}
