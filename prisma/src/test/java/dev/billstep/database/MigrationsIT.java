package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that is in use is migrated with its rows in it. */
@ExtendWith(OnPostgres.class)
class MigrationsIT {

  /** The last migration before rows had revisions. */
  private static final String BEFORE_REVISIONS = "20260101000300_default_settings";

  private final PostgresServer server;

  MigrationsIT(PostgresServer server) {
    this.server = server;
  }

  @Test
  void rowsOfBeforeAreThereAfterwards() throws SQLException {
    try (var filled = server.scratch("filled")) {
      var folder = OnPostgres.migrations();
      var migrations = new Migrations(filled.source());
      migrations.apply(folder, name -> name.compareTo(BEFORE_REVISIONS) <= 0);
      filled.execute(
        """
        INSERT INTO "JobThread" (id, user_id)
          VALUES ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001');
        INSERT INTO "Doc" (job_thread_id, user_id, page_number, doc_type, status, ocr_payload,
            storage_uri, schema_version, model_id, prompt_version, confidence)
          SELECT id, user_id, 1, 'bill', 'draft_created', '{}', 'file:///1', 1, 'm', 'p', 0.9
          FROM "JobThread";
        """
      );

      migrations.apply(folder, name -> name.compareTo(BEFORE_REVISIONS) > 0);

      assertThat(
        strings(
          filled.source(),
          "SELECT status || ' ' || needs_review FROM \"Doc\" WHERE page_number = 1"
        )
      ).containsExactly("draft_created false");
      assertThat(
        strings(filled.source(), "SELECT to_regclass('\"DocRevision\"')::text")
      ).containsExactly("\"DocRevision\"");
    }
  }

  private static List<String> strings(DataSource source, String sql) throws SQLException {
    var strings = new ArrayList<String>();
    try (
      var connection = source.getConnection();
      var statement = connection.createStatement();
      var result = statement.executeQuery(sql)
    ) {
      while (result.next()) {
        strings.add(result.getString(1));
      }
    }
    return strings;
  }
}
