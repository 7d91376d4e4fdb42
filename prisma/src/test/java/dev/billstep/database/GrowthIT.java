package dev.billstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked all the time costs the same with many rows as with few: here 20,000 jobs of two pages. */
@ExtendWith(OnPostgres.class)
@TestInstance(Lifecycle.PER_CLASS)
class GrowthIT {

  private static final String ROWS = """
  INSERT INTO "JobThread" (id, user_id, status, created_at, started_at, execution, run_token, lease_until,
      completed_at, failed_at, error, error_message, waiting_since, waiting_for, resume_at, attempt, cache_hits)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ('00000000-0000-4000-9000-' || lpad((n % 50)::text, 12, '0'))::uuid,
      status::"JobStatus", now() - n * interval '1 minute', now(), 'e' || n, 'e#1', now(), now(), now(),
      CASE WHEN status = 'error' THEN 'Name' || n % 3 END, CASE WHEN status = 'error' THEN 'Why.' END,
      CASE WHEN status = 'waiting' THEN now() - n * interval '1 second' END,
      CASE WHEN status = 'waiting' THEN 'm/1' END, now(), 1 + n % 3, n % 2
    FROM generate_series(1, 20000) AS n, LATERAL (SELECT CASE n % 20 WHEN 0 THEN 'error'
      WHEN 1 THEN 'waiting' WHEN 2 THEN 'processing' WHEN 3 THEN 'uploaded' ELSE 'processed' END) AS s (status);
  INSERT INTO "Doc" (job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri,
      schema_version, model_id, prompt_version, confidence, error, needs_review)
    SELECT id, user_id, page, CASE page WHEN 1 THEN 'bill' ELSE 'unknown' END::"DocType",
      CASE WHEN page = 1 AND attempt <> 3 THEN 'draft_pending' ELSE 'unknown' END::"DocStatus", '{}',
      'file:///1', 1, 'm', 'p', 1, CASE attempt WHEN 3 THEN 'It was refused.' END, attempt = 2
    FROM "JobThread", generate_series(1, 2) AS page;
  INSERT INTO "ModelCall" (id, job_thread_id, user_id, attempt, step, pages, model_id, prompt_version,
      outcome, input_tokens, output_tokens, cost_usd, elapsed_ms)
    SELECT gen_random_uuid(), id, user_id, 1, 'read', '{1}', 'm/' || attempt, 'p',
      CASE cache_hits WHEN 0 THEN 'ok' ELSE 'ModelUnavailable' END, 100, 10, 0.001, attempt * 700
    FROM "JobThread";
  """;

  /** What operating_figures said when it counted rows at every scrape. */
  private static final String COUNTED = """
  SELECT jsonb_build_object(
    'pages', (SELECT jsonb_agg(to_jsonb(each)) FROM (
      SELECT doc_type, CASE WHEN error IS NULL THEN 'read' ELSE 'unread' END AS outcome, count(*) AS count
      FROM "Doc" GROUP BY 1, 2 ORDER BY doc_type::text, 2) AS each),
    'review', (SELECT count(*) FROM "Doc" WHERE needs_review),
    'jobs', (SELECT jsonb_agg(to_jsonb(each)) FROM (
      SELECT status, count(*) AS count FROM "JobThread" GROUP BY 1 ORDER BY status::text) AS each),
    'failures', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT error, count(*) AS count FROM "JobThread" WHERE error IS NOT NULL GROUP BY 1 ORDER BY 1) AS each),
    'retries', (SELECT sum(greatest(attempt - 1, 0)) FROM "JobThread"),
    'cache_hits', (SELECT sum(cache_hits) FROM "JobThread"),
    'calls', (SELECT jsonb_agg(to_jsonb(each)) FROM (
      SELECT model_id, step, outcome, count(*) AS count, sum(input_tokens) AS input_tokens,
        sum(output_tokens) AS output_tokens, sum(cost_usd) AS cost_usd
      FROM "ModelCall" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS each),
    'durations', (SELECT jsonb_agg(to_jsonb(each)) FROM (
      SELECT model_id, step, width_bucket(elapsed_ms / 1000.0, ARRAY[0.1, 0.5, 1, 2.5, 5, 10, 30, 60]) AS bucket,
        count(*) AS count, sum(elapsed_ms) / 1000.0 AS seconds
      FROM "ModelCall" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS each)
  )
  """;

  /** Events are counted as they are sent: their rows don't say how often. */
  private static final String AGREES =
    "SELECT operating_figures() - 'oldest_waiting_seconds' - 'events' = (%s)".formatted(COUNTED);

  /** The last migration before rows were counted as they are written. */
  private static final String BEFORE = "20261125125144_sweep_rounds";

  private final PostgresServer server;
  private final ScratchDatabase database;

  GrowthIT(PostgresServer server) {
    this.server = server;
    this.database = server.scratch("grown");
  }

  @BeforeAll
  void fill() throws SQLException {
    new Migrations(database.source()).apply(OnPostgres.migrations());
    database.execute(ROWS);
    database.execute("VACUUM ANALYZE");
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @Test
  void theFiguresAreThoseOfTheRowsWhateverHappensToThem() throws SQLException {
    try (var connection = begun()) {
      for (var change : List.of(
        "SELECT 1",
        "SELECT collapse_figures(100)",
        "UPDATE \"Doc\" SET error = 'It was refused.', status = 'unknown' WHERE page_number = 1 AND error IS NULL",
        "UPDATE \"Doc\" SET needs_review = NOT needs_review",
        "UPDATE \"JobThread\" SET status = 'error', failed_at = now(), error = 'Late', error_message = 'Why.' WHERE status = 'processing'",
        "UPDATE \"JobThread\" SET status = 'processing', error = NULL, attempt = attempt + 1 WHERE error = 'Late'",
        "UPDATE \"JobThread\" SET cache_hits = 7, file_name = 'x'",
        "SELECT collapse_figures()",
        "DELETE FROM \"Doc\" WHERE page_number = 2"
      )) {
        execute(connection, change);
        assertThat(one(connection, AGREES)).as(change).isEqualTo("t");
      }
    }
  }

  /** A counter that goes back is taken for a restart by Prometheus. */
  @Test
  void aCallThatIsForgottenHasBeenMadeAllTheSame() throws SQLException {
    try (var connection = begun()) {
      var before = one(connection, "SELECT operating_figures() -> 'calls'");
      execute(
        connection,
        "DELETE FROM \"ModelCall\" WHERE model_id = 'm/1'; DELETE FROM \"JobThread\" WHERE attempt = 2"
      );
      assertThat(one(connection, "SELECT operating_figures() -> 'calls'")).isEqualTo(before);
    }
  }

  @Test
  void rowsOfBeforeAreCountedWhileOthersAreWritten() throws SQLException {
    try (var older = server.scratch("older")) {
      var migrations = new Migrations(older.source());
      migrations.apply(OnPostgres.migrations(), name -> name.compareTo(BEFORE) <= 0);
      older.execute(ROWS);
      migrations.apply(OnPostgres.migrations(), "20261125130837_counted_as_written"::equals);
      older.execute(
        "DELETE FROM \"Doc\" WHERE page_number = 2; UPDATE \"JobThread\" SET attempt = 9 WHERE attempt = 1"
      );
      migrations.apply(
        OnPostgres.migrations(),
        name -> name.compareTo("20261125130837_counted_as_written") > 0
      );
      try (var connection = older.source().getConnection()) {
        assertThat(one(connection, AGREES)).isEqualTo("t");
      }
    }
  }

  @Test
  void aScrapeReadsAHandfulOfRows() throws SQLException {
    database.execute("SELECT collapse_figures(1000000)");
    try (var connection = begun()) {
      execute(connection, "SELECT operating_figures()");
      var read = one(
        connection,
        """
        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
        WHERE schemaname = 'public'
        """
      );
      assertThat(read).matches("[0-9]{1,2}");
    }
  }

  /** As {@code JobOperations}, {@code SupabaseJobStore} and users' own pages ask. */
  @ParameterizedTest
  @ValueSource(
    strings = {
      "SELECT * FROM \"JobThread\" ORDER BY created_at DESC, id DESC LIMIT 20",
      "SELECT * FROM \"JobThread\" WHERE status = 'error' ORDER BY created_at DESC, id DESC LIMIT 20",
      "SELECT * FROM \"JobThread\" WHERE user_id = '00000000-0000-4000-9000-000000000007' ORDER BY created_at DESC, id DESC LIMIT 20",
      "SELECT * FROM \"JobThread\" WHERE status = 'uploaded' AND created_at >= now() - interval '1 hour' AND created_at < now() ORDER BY id LIMIT 100",
      "SELECT * FROM \"JobThread\" WHERE status = 'waiting' ORDER BY waiting_since LIMIT 1",
      "SELECT * FROM \"JobThread\" WHERE execution = 'e17'",
      "SELECT * FROM \"Doc\" WHERE job_thread_id = '00000000-0000-4000-8000-000000000007' ORDER BY page_number",
      "SELECT * FROM \"ModelCall\" WHERE job_thread_id = '00000000-0000-4000-8000-000000000007' ORDER BY created_at, id",
      "SELECT count(*) FROM \"ModelCall\" WHERE model_id = 'm/1' AND created_at > now() + interval '1 minute'",
    }
  )
  void whatIsAskedForIsFoundByAnIndex(String query) throws SQLException {
    try (
      var connection = begun();
      var statement = connection.createStatement();
      var lines = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + query)
    ) {
      var plan = new StringBuilder();
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
      assertThat(plan.toString()).contains("Index").doesNotContain("Seq Scan");
      assertThat(
        plan
          .toString()
          .lines()
          .filter(line -> line.contains("actual"))
          .map(line -> line.replaceAll(".*actual rows=([0-9]+).*", "$1"))
          .map(Integer::parseInt)
      ).allMatch(rows -> rows <= 100);
    }
  }

  @Test
  void noIndexIsTheBeginningOfAnother() throws SQLException {
    try (var connection = begun()) {
      var doubled = one(
        connection,
        """
        SELECT string_agg(one.indexrelid::regclass || ' of ' || other.indexrelid::regclass, ', ')
        FROM pg_index AS one JOIN pg_index AS other USING (indrelid)
        WHERE one.indrelid::regclass::text !~ '^pg_' AND one.indexrelid <> other.indexrelid
          AND NOT one.indisunique
          AND other.indkey::text || ' ' LIKE one.indkey::text || ' %'
        """
      );
      assertThat(doubled).isNull();
    }
  }

  private Connection begun() throws SQLException {
    var connection = database.source().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static @Nullable String one(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
