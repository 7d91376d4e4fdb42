package dev.billstep.postgrest;

import java.sql.Connection;
import java.sql.SQLException;

/** One request, run inside the transaction that has the caller's role. */
sealed interface RestCall permits FunctionCall, RowSelect, RowInsert {
  RestResponse run(Connection connection) throws SQLException, RestError;
}
