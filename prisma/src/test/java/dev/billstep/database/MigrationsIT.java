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

  /** The last one before rows were held to what the domain rules out. */
  private static final String BEFORE_CONSTRAINTS = "20261125105444_bursts_and_outages";

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

  /** Confidences of a model's own making, and failures without a reason: neither may be any longer. */
  @Test
  void rowsThatSayWhatNoRowMaySayAreMended() throws SQLException {
    try (var filled = server.scratch("mended")) {
      var folder = OnPostgres.migrations();
      var migrations = new Migrations(filled.source());
      migrations.apply(folder, name -> name.compareTo(BEFORE_CONSTRAINTS) <= 0);
      filled.execute(
        """
        INSERT INTO "JobThread" (id, user_id, status, error, error_message)
          VALUES ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'error', '', NULL);
        INSERT INTO "JobThread" (id, user_id, status)
          VALUES ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001', 'processed');
        INSERT INTO "Doc" (job_thread_id, user_id, page_number, doc_type, status, ocr_payload,
            storage_uri, schema_version, model_id, prompt_version, confidence)
          SELECT id, user_id, page, 'bill', 'draft_pending', '{}', 'file:///1', 1, 'm', 'p', confidence
          FROM "JobThread", (VALUES (1, 'NaN'::float8), (2, 7), (3, -1), (4, 0.9)) AS given (page, confidence)
          WHERE status = 'processed';
        """
      );

      migrations.apply(folder, name -> name.compareTo(BEFORE_CONSTRAINTS) > 0);

      assertThat(
        strings(filled.source(), "SELECT confidence FROM \"Doc\" ORDER BY page_number")
      ).containsExactly("0", "1", "0", "0.9");
      assertThat(
        strings(
          filled.source(),
          "SELECT concat_ws(' ', status, completed_at IS NOT NULL, failed_at IS NOT NULL, error, error_message) FROM \"JobThread\" ORDER BY id"
        )
      ).containsExactly(
        "error f t Unnamed The run failed without saying why. Retry the job.",
        "processed t f"
      );
    }
  }

  /** As {@code prisma migrate deploy} makes it, before it applies anything. */
  @Test
  void prismasOwnListIsClosedToUsers() throws SQLException {
    try (var deployed = server.scratch("deployed")) {
      deployed.execute("CREATE TABLE \"_prisma_migrations\" (id varchar(36) PRIMARY KEY)");
      new Migrations(deployed.source()).apply(OnPostgres.migrations());
      assertThat(
        strings(
          deployed.source(),
          """
          SELECT role || ' ' || privilege
          FROM unnest(ARRAY['anon', 'authenticated']) AS role,
            unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
          WHERE has_table_privilege(role, '"_prisma_migrations"', privilege)
          """
        )
      ).isEmpty();
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
