package dev.billstep.postgrest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One request, run inside the transaction that has the caller's role. */
sealed interface RestCall permits FunctionCall, RowSelect, RowInsert {
  /** The JSON to answer with; empty for no content. */
  Optional<String> run(Connection connection) throws SQLException, RestError;
}
