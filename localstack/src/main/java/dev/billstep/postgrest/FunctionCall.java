package dev.billstep.postgrest;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /rpc/{name}} with the arguments as a JSON object. */
record FunctionCall(String name, JsonNode arguments) implements RestCall {
  private static final String LOOK_UP = """
  SELECT argument.name, format_type(argument.type, NULL), p.prorettype = 'void'::regtype,
    p.proretset
  FROM pg_proc p
  LEFT JOIN LATERAL unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[])
    AS argument(name, type) ON true
  WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ?
  """;

  @Override
  public RestResponse run(Connection connection) throws SQLException, RestError {
    var signature = signature(connection);
    var given = signature
      .parameters()
      .stream()
      .filter(each -> arguments.has(each.name()))
      .toList();
    if (given.size() != arguments.size()) {
      throw RestError.noSuchFunction(name);
    }
    try (var statement = connection.prepareStatement(sql(signature, given))) {
      if (!given.isEmpty()) {
        statement.setString(1, arguments.toString());
      }
      try (var result = statement.executeQuery()) {
        result.next();
        return signature.returns() == Returns.NOTHING
          ? RestResponse.noContent(204)
          : RestResponse.ok(Optional.ofNullable(result.getString(1)).orElse("null"));
      }
    }
  }

  /** As PostgREST does it: the JSON's members become typed columns of one row. */
  private String sql(Signature signature, List<Parameter> given) throws RestError {
    var types = new ArrayList<String>();
    var values = new ArrayList<String>();
    for (var parameter : given) {
      var quoted = Identifier.quoted(parameter.name());
      types.add(quoted + " " + parameter.type());
      values.add("%s := a.%s".formatted(quoted, quoted));
    }
    var call = "%s(%s)".formatted(Identifier.quoted(name), String.join(", ", values));
    var row = given.isEmpty()
      ? "(SELECT) AS a"
      : "json_to_record(?::json) AS a(%s)".formatted(String.join(", ", types));
    return signature.returns() == Returns.ROWS
      ? "SELECT coalesce(json_agg(t), '[]') FROM %s, LATERAL %s AS t".formatted(row, call)
      : "SELECT to_json(%s) FROM %s".formatted(call, row);
  }

  private Signature signature(Connection connection) throws SQLException, RestError {
    var parameters = new ArrayList<Parameter>();
    Returns returns = null;
    try (var statement = connection.prepareStatement(LOOK_UP)) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          returns = Returns.of(result.getBoolean(3), result.getBoolean(4));
          if (result.getString(1) != null) {
            parameters.add(new Parameter(result.getString(1), result.getString(2)));
          }
        }
      }
    }
    if (returns == null) {
      throw RestError.noSuchFunction(name);
    }
    return new Signature(parameters, returns);
  }

  private record Signature(List<Parameter> parameters, Returns returns) {}

  private record Parameter(String name, String type) {}

  private enum Returns {
    NOTHING,
    VALUE,
    ROWS;

    static Returns of(boolean isVoid, boolean isSet) {
      if (isVoid) {
        return NOTHING;
      }
      return isSet ? ROWS : VALUE;
    }
  }
}
