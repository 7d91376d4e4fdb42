package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the domain rules out, no row says, whoever writes it. */
@ExtendWith(OnPostgres.class)
class ConstraintsIT {

  private static final String CHECK_VIOLATION = "23514";

  private static final String SOUND = """
  INSERT INTO "JobThread" (id, user_id, status, execution, run_token, started_at, lease_until, attempt)
    VALUES ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001',
      'processing', 'e', 'e#1', now(), now(), 1);
  INSERT INTO "JobAttempt" (job_thread_id, attempt, user_id, execution, started_at)
    SELECT id, 1, user_id, 'e', now() FROM "JobThread" WHERE execution = 'e';
  INSERT INTO "Doc" (id, job_thread_id, user_id, page_number, doc_type, status, ocr_payload,
      storage_uri, schema_version, model_id, prompt_version, confidence)
    SELECT id, id, user_id, 1, 'bill', 'draft_pending', '{}', 'file:///1', 1, 'm', 'p', 1
    FROM "JobThread" WHERE execution = 'e';
  INSERT INTO "DocRevision" (doc_id, user_id, doc_type, ocr_payload, storage_uri, model_id,
      prompt_version, confidence, written_at, replaced_by)
    SELECT id, user_id, 'bill', '{}', 'file:///1', 'm', 'p', 0, now(), 'e#1' FROM "Doc" WHERE model_id = 'm';
  INSERT INTO "StagedDoc" (job_thread_id, run_token, page_number, doc)
    SELECT id, 'e#1', 1, '{}' FROM "Doc" WHERE model_id = 'm';
  INSERT INTO "ModelCall" (id, job_thread_id, user_id, attempt, step, pages, model_id, prompt_version,
      outcome, input_tokens, output_tokens, cost_usd, elapsed_ms)
    SELECT id, id, user_id, 1, 'read', '{1}', 'm', 'p', 'ok', 0, 0, 0, 0 FROM "Doc" WHERE model_id = 'm';
  INSERT INTO "ModelBreaker" (model_id) VALUES ('m');
  """;

  private final PostgresServer server;

  ConstraintsIT(PostgresServer server) {
    this.server = server;
  }

  @Test
  void whatTheDomainKnowsIsTaken() throws SQLException {
    try (var connection = begun()) {
      execute(connection, "UPDATE \"JobThread\" SET status = 'processed', completed_at = now()");
      execute(connection, "UPDATE \"Doc\" SET status = 'unknown', error = 'It was refused.'");
    }
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "UPDATE \"JobThread\" SET run_token = NULL",
      "UPDATE \"JobThread\" SET lease_until = NULL",
      "UPDATE \"JobThread\" SET status = 'processed'",
      "UPDATE \"JobThread\" SET status = 'error', failed_at = now(), error = 'X'",
      "UPDATE \"JobThread\" SET status = 'error', failed_at = now(), error = 'X', error_message = E' \\n'",
      "UPDATE \"JobThread\" SET status = 'error', failed_at = now(), error_message = 'Why.'",
      "UPDATE \"JobThread\" SET status = 'error', error = 'X', error_message = 'Why.'",
      "UPDATE \"JobThread\" SET status = 'waiting', waiting_for = 'm'",
      "UPDATE \"JobThread\" SET page_count = -1",
      "UPDATE \"JobThread\" SET read_pages = '{1, 0}'",
      "UPDATE \"JobThread\" SET cost_usd = -1",
      "UPDATE \"JobThread\" SET upload = '\"text\"'",
      "UPDATE \"JobThread\" SET replay = '[]'",
      "UPDATE \"JobAttempt\" SET attempt = 0",
      "UPDATE \"JobAttempt\" SET outcome = 'processed'",
      "UPDATE \"Doc\" SET page_number = -5",
      "UPDATE \"Doc\" SET page_number = 0",
      "UPDATE \"Doc\" SET confidence = 1e9",
      "UPDATE \"Doc\" SET confidence = 1.01",
      "UPDATE \"Doc\" SET confidence = 'NaN'",
      "UPDATE \"Doc\" SET confidence = -0.1",
      "UPDATE \"Doc\" SET ocr_payload = '\"just a string\"'",
      "UPDATE \"Doc\" SET schema_version = 0",
      "UPDATE \"Doc\" SET error = ''",
      "UPDATE \"Doc\" SET error = 'It was refused.'",
      "UPDATE \"Doc\" SET doc_type = 'unknown'",
      "UPDATE \"Doc\" SET storage_uri = ''",
      "UPDATE \"DocRevision\" SET confidence = 'NaN'",
      "UPDATE \"DocRevision\" SET ocr_payload = '1'",
      "UPDATE \"StagedDoc\" SET page_number = 0",
      "UPDATE \"StagedDoc\" SET doc = '[]'",
      "UPDATE \"ModelCall\" SET pages = '{0}'",
      "UPDATE \"ModelCall\" SET input_tokens = -1",
      "UPDATE \"ModelBreaker\" SET openings = -1",
      "INSERT INTO \"DocTypeSchema\" (doc_type, version, schema, prompt, prompt_version) VALUES ('bill', 0, '{}', 'p', '1')",
      "INSERT INTO \"DocTypeSchema\" (doc_type, version, schema, prompt, prompt_version) VALUES ('bill', 900, '[]', 'p', '1')",
    }
  )
  void whatItRulesOutIsRefused(String change) throws SQLException {
    try (var connection = begun()) {
      assertThatThrownBy(() -> execute(connection, change)).isInstanceOfSatisfying(
        SQLException.class,
        refused -> assertThat(refused.getSQLState()).isEqualTo(CHECK_VIOLATION)
      );
    }
  }

  /** A temporary table of the caller's own would be taken for ours (CVE-2018-1058 and its kin). */
  @Test
  void everyFunctionLooksForNamesInTemporarySchemasLast() throws SQLException {
    try (
      var connection = server.database().getConnection();
      var statement = connection.createStatement();
      var functions = statement.executeQuery(
        """
        SELECT string_agg(oid::regprocedure::text, ', ') FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
          AND NOT coalesce((
            SELECT bool_or(setting ~ '^search_path=(.*, )?pg_temp$') FROM unnest(proconfig) AS setting),
            false)
        """
      )
    ) {
      functions.next();
      assertThat(functions.getString(1)).isNull();
    }
  }

  /** A transaction that is never committed, with a sound row in every table. */
  private Connection begun() throws SQLException {
    var connection = server.database().getConnection();
    connection.setAutoCommit(false);
    execute(connection, SOUND);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
