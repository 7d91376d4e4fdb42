package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the database forgets after a time, and what it never does. */
@ExtendWith(OnPostgres.class)
class HistoryIT {

  /** A job in its third run, with a page that a draft was made of and one without; all of it old but what is called new. */
  private static final String ROWS = """
  INSERT INTO "JobThread" (id, user_id, status, execution, run_token, started_at, lease_until, attempt, model_calls)
    VALUES ('00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-000000000001',
      'processing', 'e', 'e#3', now(), now(), 3, 2);
  INSERT INTO "JobAttempt" (job_thread_id, attempt, user_id, execution, started_at, ended_at, outcome)
    SELECT id, run.attempt, user_id, 'e' || run.attempt, ended, ended, 'error' FROM "JobThread",
      (VALUES (1, now() - interval '1 year'), (2, now()), (3, now() - interval '1 year')) AS run (attempt, ended)
    WHERE execution = 'e';
  INSERT INTO "Doc" (id, job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri,
      schema_version, model_id, prompt_version, confidence)
    SELECT ('00000000-0000-4000-8000-0000000000b' || page)::uuid, id, user_id, page, 'bill',
      CASE page WHEN 1 THEN 'draft_created' ELSE 'draft_pending' END::"DocStatus", '{}', 'file:///1', 1, 'm', 'p', 1
    FROM "JobThread", generate_series(1, 2) AS page WHERE execution = 'e';
  INSERT INTO "DocRevision" (doc_id, user_id, doc_type, ocr_payload, storage_uri, model_id, prompt_version,
      confidence, written_at, replaced_at, replaced_by)
    SELECT doc.id, user_id, 'bill', '{}', 'file:///' || page_number || name, 'm', 'p', 0, at, at, 'e#2'
    FROM "Doc" AS doc, (VALUES ('old', now() - interval '1 year'), ('new', now())) AS time (name, at)
    WHERE job_thread_id = '00000000-0000-4000-8000-0000000000aa';
  INSERT INTO "ModelCall" (id, job_thread_id, user_id, attempt, step, model_id, prompt_version, outcome,
      input_tokens, output_tokens, cost_usd, elapsed_ms, created_at)
    SELECT gen_random_uuid(), id, user_id, 1, name, 'm', 'p', 'ok', 0, 0, 0, 0, at
    FROM "JobThread", (VALUES ('old', now() - interval '1 year'), ('new', now())) AS time (name, at)
    WHERE execution = 'e';
  INSERT INTO "BreakerEvent" (model_id, state, reason, actor, created_at)
    SELECT model, 'open', name, 'system', at
    FROM (VALUES ('m/1', 'older', now() - interval '2 years'), ('m/1', 'last', now() - interval '1 year'),
      ('m/2', 'older', now() - interval '1 year'), ('m/2', 'new', now())) AS event (model, name, at);
  INSERT INTO "SettingsRevision" (key, value, written_at, replaced_at)
    VALUES ('k', '"old"', now(), now() - interval '1 year'), ('k', '"new"', now(), now());
  INSERT INTO "StagedDoc" (job_thread_id, run_token, page_number, doc)
    SELECT id, 'e#' || run, 1, '{}' FROM "JobThread", generate_series(2, 3) AS run WHERE execution = 'e';
  """;

  private final PostgresServer server;

  HistoryIT(PostgresServer server) {
    this.server = server;
  }

  @Test
  void ofEachKindWhatIsOldIsForgottenAndWhatIsNeededIsNot() throws SQLException {
    try (var connection = server.database().getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "SET LOCAL session_replication_role = replica; " + ROWS);
      execute(
        connection,
        "SET LOCAL session_replication_role = origin; SET LOCAL ROLE service_role"
      );

      assertThat(sweep(connection, "attempts")).isEqualTo(1);
      assertThat(
        strings(
          connection,
          "SELECT attempt FROM \"JobAttempt\" WHERE execution ~ '^e.$' ORDER BY 1"
        )
      ).containsExactly("2", "3");
      assertThat(sweep(connection, "calls")).isEqualTo(1);
      assertThat(
        strings(connection, "SELECT step FROM \"ModelCall\" WHERE model_id = 'm'")
      ).containsExactly("new");
      assertThat(
        strings(connection, "SELECT model_calls FROM \"JobThread\" WHERE execution = 'e'")
      ).containsExactly("2");
      assertThat(sweep(connection, "revisions")).isEqualTo(1);
      assertThat(
        strings(
          connection,
          "SELECT storage_uri FROM \"DocRevision\" WHERE replaced_by = 'e#2' ORDER BY 1"
        )
      ).containsExactly("file:///1new", "file:///1old", "file:///2new");
      assertThat(sweep(connection, "breaker_events")).isEqualTo(2);
      assertThat(
        strings(connection, "SELECT reason FROM \"BreakerEvent\" WHERE model_id ~ '^m/' ORDER BY 1")
      ).containsExactly("last", "new");
      assertThat(sweep(connection, "setting_revisions")).isEqualTo(1);
      assertThat(
        strings(connection, "SELECT value ->> 0 FROM \"SettingsRevision\" WHERE key = 'k'")
      ).containsExactly("new");
      assertThat(sweep(connection, "staged")).isEqualTo(1);
      assertThat(
        strings(connection, "SELECT run_token FROM \"StagedDoc\" WHERE run_token ~ '^e#'")
      ).containsExactly("e#3");
    }
  }

  /** Portion by portion of one row; how many rows are gone. */
  private static int sweep(Connection connection, String kind) throws SQLException {
    int deleted = 0;
    String after = null;
    do {
      try (
        var statement = connection.prepareStatement(
          """
          SELECT answer ->> 'last', (answer ->> 'deleted')::integer
          FROM sweep_history(?, now() - interval '180 days', ?, 1) AS answer
          """
        )
      ) {
        statement.setString(1, kind);
        statement.setString(2, after);
        try (var answer = statement.executeQuery()) {
          answer.next();
          after = answer.getString(1);
          deleted += answer.getInt(2);
        }
      }
    } while (after != null);
    return deleted;
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    var strings = new ArrayList<String>();
    try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
      while (result.next()) {
        strings.add(result.getString(1));
      }
    }
    return strings;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
