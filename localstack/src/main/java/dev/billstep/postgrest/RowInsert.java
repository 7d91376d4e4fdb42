package dev.billstep.postgrest;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/** {@code POST /{table}} with a row as a JSON object, {@code Prefer: return=minimal}. */
record RowInsert(String table, JsonNode row) implements RestCall {
  @Override
  public Optional<String> run(Connection connection) throws SQLException, RestError {
    var columns = new ArrayList<String>();
    for (var column : row.properties()) {
      columns.add(Identifier.quoted(column.getKey()));
    }
    var list = String.join(", ", columns);
    var into = Identifier.quoted(table);
    var sql =
      "INSERT INTO %s (%s) SELECT %s FROM json_populate_record(NULL::%s, ?::json)".formatted(
        into,
        list,
        list,
        into
      );
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, row.toString());
      statement.executeUpdate();
    }
    return Optional.empty();
  }
}
