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
  SELECT argument.name, format_type(argument.type, NULL), p.prorettype = 'void'::regtype
  FROM pg_proc p
  LEFT JOIN LATERAL unnest(p.proargnames, p.proargtypes::oid[]) AS argument(name, type) ON true
  WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ?
  """;

  @Override
  public Optional<String> run(Connection connection) throws SQLException, RestError {
    var signature = signature(connection);
    var given = signature
      .parameters()
      .stream()
      .filter(each -> arguments.has(each.name()))
      .toList();
    if (given.size() != arguments.size()) {
      throw RestError.noSuchFunction(name);
    }
    try (var statement = connection.prepareStatement(sql(given))) {
      if (!given.isEmpty()) {
        statement.setString(1, arguments.toString());
      }
      try (var result = statement.executeQuery()) {
        result.next();
        return signature.returnsNothing()
          ? Optional.empty()
          : Optional.of(Optional.ofNullable(result.getString(1)).orElse("null"));
      }
    }
  }

  /** As PostgREST does it: the JSON's members become typed columns of one row. */
  private String sql(List<Parameter> given) throws RestError {
    if (given.isEmpty()) {
      return "SELECT to_json(%s())".formatted(Identifier.quoted(name));
    }
    var types = new ArrayList<String>();
    var values = new ArrayList<String>();
    for (var parameter : given) {
      var quoted = Identifier.quoted(parameter.name());
      types.add(quoted + " " + parameter.type());
      values.add("%s := a.%s".formatted(quoted, quoted));
    }
    return "SELECT to_json(%s(%s)) FROM json_to_record(?::json) AS a(%s)".formatted(
      Identifier.quoted(name),
      String.join(", ", values),
      String.join(", ", types)
    );
  }

  private Signature signature(Connection connection) throws SQLException, RestError {
    var parameters = new ArrayList<Parameter>();
    boolean found = false;
    boolean returnsNothing = false;
    try (var statement = connection.prepareStatement(LOOK_UP)) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          found = true;
          returnsNothing = result.getBoolean(3);
          if (result.getString(1) != null) {
            parameters.add(new Parameter(result.getString(1), result.getString(2)));
          }
        }
      }
    }
    if (!found) {
      throw RestError.noSuchFunction(name);
    }
    return new Signature(parameters, returnsNothing);
  }

  private record Signature(List<Parameter> parameters, boolean returnsNothing) {}

  private record Parameter(String name, String type) {}
}
