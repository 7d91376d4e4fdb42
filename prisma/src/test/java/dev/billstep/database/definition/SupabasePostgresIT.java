package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.database.Migrations;
import dev.billstep.database.SupabasePostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrations on the PostgreSQLs that Supabase has: ours is newer, and takes what they don't know. */
class SupabasePostgresIT {

  /** A job's life: PostgreSQL looks into a function when it is called, and no sooner. */
  private static final String LIFE = """
  SET ROLE service_role;
  INSERT INTO "JobThread" (id, user_id)
    VALUES ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001');
  SELECT claim_job('00000000-0000-4000-8000-00000000000a', 'e', 600, 'm/1',
    '00000000-0000-4000-8000-000000000001', '{"bucket": "b", "key": "k", "etag": "1"}', '1');
  SELECT record_progress('00000000-0000-4000-8000-00000000000a', 'e#1', 2, '{1, 2}', '{1}');
  SELECT record_calls('00000000-0000-4000-8000-00000000000a', '[{
    "id": "00000000-0000-4000-8000-00000000000b", "attempt": 1, "step": "read", "pages": [1],
    "model_id": "m/1", "prompt_version": "1", "outcome": "ok", "input_tokens": 10,
    "output_tokens": 2, "cost_usd": 0.5, "elapsed_ms": 700}]');
  SELECT park_job('00000000-0000-4000-8000-00000000000a', 'e#1', 'm/1', 'It is down.', 60, 900);
  UPDATE "JobThread" SET resume_at = now() - interval '1 minute';
  SELECT resume_jobs(10);
  SELECT claim_job('00000000-0000-4000-8000-00000000000a', 'f', 600, 'm/1');
  SELECT stage_docs('00000000-0000-4000-8000-00000000000a', 'f#2', '[{
    "page_number": 1, "doc_type": "bill", "status": "draft_pending", "ocr_payload": {},
    "storage_uri": "file:///1", "schema_version": 1, "model_id": "m/1", "prompt_version": "1",
    "confidence": 0.5}]');
  SELECT persist_docs('00000000-0000-4000-8000-00000000000a', 'f#2', '[{
    "page_number": 2, "doc_type": "bill", "status": "draft_pending", "ocr_payload": {},
    "storage_uri": "file:///2", "schema_version": 1, "model_id": "m/1", "prompt_version": "1",
    "confidence": 0.5, "needs_review": true}]');
  SELECT fail_job('f', 'Name', 'A sentence.');
  SELECT restartable_jobs();
  SELECT * FROM fail_overdue_jobs(3600);
  SELECT fail_unstarted_job('00000000-0000-4000-8000-00000000000a', 'Name', 'A sentence.');
  SELECT unanswered_calls('00000000-0000-4000-8000-00000000000a', 'read', '{1}', 'm/1');
  SELECT control_breaker('m/1', 'pause', 'A reason.', 'somebody');
  SELECT hold_sweep('jobs', 't', 60);
  SELECT move_sweep('jobs', 't', '{"part": "a"}');
  SELECT leave_sweep('jobs', 't', true);
  SELECT collapse_figures();
  SELECT sweep_history(history, now() - interval '7 days')
  FROM unnest(ARRAY['attempts', 'calls', 'revisions', 'breaker_events', 'setting_revisions', 'staged']) AS history;
  """;

  @ParameterizedTest
  @ValueSource(strings = { "15", "17" })
  @EnabledIf("areHere")
  void theMigrationsMakeTheSameThereAndAJobLives(String major) throws SQLException {
    try (var server = SupabasePostgres.start(major)) {
      var comparison = new Comparison(server, PrismaFolders.OURS, PrismaFolders.PRISMA);
      var differences = comparison.differences();
      assertThat(differences).as(Difference.report(differences)).isEmpty();
      try (var used = server.scratch("used")) {
        new Migrations(used.source()).apply(PrismaFolders.OURS.migrations());
        used.execute(LIFE);
        try (
          var connection = used.source().getConnection();
          var statement = connection.createStatement();
          var figures = statement.executeQuery(
            "SELECT current_setting('server_version'), operating_figures()::text"
          )
        ) {
          figures.next();
          assertThat(figures.getString(1)).startsWith(major + ".");
          assertThat(figures.getString(2))
            .contains("\"pages\": [{\"count\": 2, \"outcome\": \"read\", \"doc_type\": \"bill\"}]")
            .contains("\"retries\": 1")
            .contains("\"jobs\": [{\"count\": 1, \"status\": \"processed\"}]");
        }
      }
    }
  }

  static boolean areHere() {
    return SupabasePostgres.isHere();
  }
}
