package dev.billstep.postgrest;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /{table}} with a row as a JSON object.
 *
 * @param merging whether a row with the same primary key is changed
 */
record RowInsert(String table, JsonNode row, boolean merging) implements RestCall {
  private static final String PRIMARY_KEY = """
  SELECT a.attname FROM pg_index i
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indisprimary AND i.indrelid = ?::regclass
  """;

  @Override
  public RestResponse run(Connection connection) throws SQLException, RestError {
    try (var statement = connection.prepareStatement(sql(connection))) {
      statement.setString(1, row.toString());
      try (var result = statement.executeQuery()) {
        result.next();
        // Nothing that was inserted is no "201 Created".
        return RestResponse.noContent(result.getBoolean(1) ? 201 : 200);
      }
    }
  }

  private String sql(Connection connection) throws SQLException, RestError {
    var columns = new ArrayList<String>();
    for (var column : row.properties()) {
      columns.add(Identifier.quoted(column.getKey()));
    }
    var list = String.join(", ", columns);
    var into = Identifier.quoted(table);
    return """
    INSERT INTO %1$s (%2$s) SELECT %2$s FROM json_populate_record(NULL::%1$s, ?::json)
    %3$s RETURNING xmax = 0
    """.formatted(into, list, merging ? merge(primaryKey(connection), columns) : "");
  }

  private static String merge(List<String> key, List<String> columns) {
    var changes = columns
      .stream()
      .map(column -> "%s = excluded.%s".formatted(column, column))
      .toList();
    return "ON CONFLICT (%s) DO UPDATE SET %s".formatted(
      String.join(", ", key),
      String.join(", ", changes)
    );
  }

  private List<String> primaryKey(Connection connection) throws SQLException, RestError {
    var key = new ArrayList<String>();
    try (var statement = connection.prepareStatement(PRIMARY_KEY)) {
      statement.setString(1, Identifier.quoted(table));
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          key.add(Identifier.quoted(result.getString(1)));
        }
      }
    }
    return key;
  }
}
