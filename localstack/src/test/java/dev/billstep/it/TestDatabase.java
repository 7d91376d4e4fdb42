package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import dev.billstep.supabase.SupabaseRefused;
import java.sql.SQLException;
import java.util.Map;

/** What tests of the SQL functions do to the database, beside what jobs do to it. */
public final class TestDatabase {

  private TestDatabase() {}

  /** Runs a statement as the database's owner, past its REST API. */
  public static void sql(EmbeddedDatabase database, String statement) throws SQLException {
    try (
      var connection = database.postgres().getConnection();
      var sql = connection.createStatement()
    ) {
      sql.execute(statement);
    }
  }

  /** Whether a function that was called by REST waits for rows or for somebody to end. */
  public static boolean isWaitingForALock(EmbeddedDatabase database, String function)
    throws SQLException {
    try (
      var connection = database.postgres().getConnection();
      var sql = connection.prepareStatement(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE ?)"
      )
    ) {
      sql.setString(1, "%" + function + "%");
      try (var result = sql.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  /** Fails the job that an execution holds; gives its id, or null where there is none. */
  public static JsonNode fail(EmbeddedDatabase database, String execution) {
    return database
      .supabase()
      .call(
        "fail_job",
        Map.of("p_execution", execution, "p_error", "Name", "p_error_message", "A sentence.")
      );
  }

  public static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOfSatisfying(SupabaseRefused.class, refused ->
      assertThat(refused.code()).isEqualTo(code)
    );
  }
}
