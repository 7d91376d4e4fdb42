package dev.billstep.bench;

import dev.billstep.database.Migrations;
import dev.billstep.database.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Fills a database with jobs of one page each, and asks for lists of them as the page does. */
public final class ListTimes {

  private static final int TIMES = 7;

  private static final int MOST_BEFORE = 100_000;

  /** The last migration from before there was a list. */
  private static final String BEFORE = "20261125201520_reviewers_by_their_own_token";

  /** Rows alone: what triggers add is written beside them. */
  private static final String ROWS = """
  SET session_replication_role = replica;
  INSERT INTO "JobThread" (id, user_id, status, file_name, created_at, started_at, execution, run_token,
      lease_until, completed_at, failed_at, error, error_message, attempt, page_count, upload)
    SELECT gen_random_uuid(), ('00000000-0000-4000-9000-' || lpad((n % 7)::text, 12, '0'))::uuid,
      status::"JobStatus", 'scan-' || n || '.pdf', now() - n * interval '1 minute', now(), 'e' || n, 'e#1', now(),
      now(), now(), CASE WHEN status = 'error' THEN 'Name' END, CASE WHEN status = 'error' THEN 'Why.' END, 1, 1,
      jsonb_build_object('key', repeat('k', 200))
    FROM generate_series(1, $jobs) AS n, LATERAL (SELECT CASE WHEN n % 50 = 0 THEN 'error' ELSE 'processed' END) AS s (status);
  INSERT INTO "Doc" (job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri, schema_version,
      model_id, prompt_version, confidence, needs_review, review, reviewed_by, reviewed_at, approved_hash, created_at)
    SELECT id, user_id, 1, type::"DocType", CASE type WHEN 'unknown' THEN 'unknown' ELSE 'draft_pending' END::"DocStatus",
      jsonb_build_object('text', (SELECT string_agg('word' || (n * 31 + w * 7919) % 20000, ' ') FROM generate_series(1, 200) AS w),
        'findings', CASE WHEN n % 100 = 3 THEN '[{"code": "document.duplicate"}]' ELSE '[]' END::jsonb,
        'fields', jsonb_build_object('invoice_number', 'INV/25-26/' || n, 'invoice_date', '2026-01-02', 'grand_total', n * 7 % 99991,
          'seller', jsonb_build_object('name', 'Seller ' || n % 997, 'gstin', '29ABCDE1234F1Z5'))),
      'file:///1', 1, 'm', 'p', 0.9, review = 'to_review' AND n % 3 = 0, review::"ReviewStatus",
      CASE review WHEN 'approved' THEN 'Asha' END, CASE review WHEN 'approved' THEN now() END,
      CASE review WHEN 'approved' THEN 'h' END, created_at
    FROM (SELECT *, substring(file_name FROM '\\d+')::integer AS n FROM "JobThread") AS job,
      LATERAL (SELECT CASE WHEN n % 10 = 1 THEN 'unknown' WHEN n % 10 = 2 THEN 'eway_bill' ELSE 'bill' END AS type) AS t,
      LATERAL (SELECT CASE WHEN n % 10 > 3 THEN 'approved' ELSE 'to_review' END AS review) AS r;
  INSERT INTO "DocSearch" (doc_id, user_id, words)
    SELECT doc.id, doc.user_id, array_to_tsvector(string_to_array(lower(concat_ws(' ', ocr_payload ->> 'text', 'invoice',
      regexp_replace(ocr_payload #>> '{fields,invoice_number}', '\\W', '', 'g'), ocr_payload #>> '{fields,seller,name}')), ' '))
    FROM "Doc" AS doc;
  SET session_replication_role = origin;
  """;

  private ListTimes() {}

  public static void main(String[] args) throws SQLException {
    var home = Path.of("").toAbsolutePath();
    try (
      var server = PostgresServer.start(
        home.resolve(".billstep/postgres"),
        home.resolve("prisma/migrations")
      );
      var database = server.scratch("listed")
    ) {
      var migrations = new Migrations(database.source());
      migrations.apply(home.resolve("prisma/migrations"), name -> name.compareTo(BEFORE) <= 0);
      database.execute(ROWS.replace("$jobs", args[0]));
      database.execute("VACUUM ANALYZE");
      var start = Instant.now();
      migrations.apply(home.resolve("prisma/migrations"), name -> name.compareTo(BEFORE) > 0);
      System.out.printf("migrations %,d ms%n", Duration.between(start, Instant.now()).toMillis());
      database.execute("VACUUM ANALYZE");
      try (var connection = database.source().getConnection()) {
        for (var query : queries(connection).entrySet()) {
          System.out.printf("%6.1f ms  %s%n", median(connection, query.getValue()), query.getKey());
        }
      }
    }
  }

  private static Map<String, String> queries(Connection connection) throws SQLException {
    var queries = new LinkedHashMap<String, String>();
    queries.put("the newest", "SELECT list_jobs()");
    for (var filter : new String[] {
      "{\"status\": \"error\"}",
      "{\"type\": \"eway_bill\"}",
      "{\"which\": \"flagged\"}",
      "{\"which\": \"duplicate\"}",
      "{\"user\": \"00000000-0000-4000-9000-000000000003\"}",
      "{\"since\": \"2020-01-01\", \"until\": \"2030-01-01\"}",
      "{\"text\": \"INV/25-26/4711\"}",
      "{\"text\": \"seller 17\"}",
      "{\"text\": \"invoice\"}",
      "{\"text\": \"scan-4711.pdf\"}",
      "{\"text\": \"nothing like it\"}",
      "{\"text\": \"invoice\", \"which\": \"duplicate\"}",
    }) {
      queries.put("of " + filter, "SELECT list_jobs('%s')".formatted(filter));
      queries.put("count of " + filter, "SELECT count_listed('%s')".formatted(filter));
    }
    queries.put("count of all", "SELECT count_listed()");
    queries.put("users", "SELECT count(*) FROM listed_users()");
    for (var sort : new String[] {
      "created_at",
      "file_name",
      "status",
      "party",
      "number",
      "date",
      "amount",
      "to_review",
    }) {
      var sorted = "SELECT list_jobs('{}', '%s', true, %s)";
      queries.put("by " + sort, sorted.formatted(sort, "NULL"));
      queries.put(
        "by %s, far behind".formatted(sort),
        sorted.formatted(sort, place(connection, sort))
      );
    }
    queries.put("count of the desk's piles", "SELECT count_piles()");
    for (var pile : new String[] { "flagged", "unknown", "clear" }) {
      queries.put("pile " + pile, "SELECT list_pile('%s')".formatted(pile));
      queries.put(
        "pile %s, far behind".formatted(pile),
        "SELECT list_pile('%s', %s)".formatted(pile, placeInPile(connection, pile))
      );
    }
    queries.put("what can be approved, 1000 of it", "SELECT approvable_docs('{}', 1000)");
    queries.put(
      "a portion to export of duplicates",
      "SELECT export_docs('bill', 'approved', NULL, NULL, NULL, 200, '{\"which\": \"duplicate\"}')"
    );
    queries.put(
      "a portion to export",
      "SELECT export_docs('bill', 'approved', NULL, NULL, NULL, 200)"
    );
    queries.put("find invoice", "SELECT find_docs('invoice')");
    queries.put("find INV/25-26/4711", "SELECT find_docs('INV/25-26/4711')");
    return queries;
  }

  /** In the middle of all, or behind so many: all that comes before is one JSON value, of 256 MB at most. */
  private static String place(Connection connection, String sort) throws SQLException {
    return next(
      connection,
      "SELECT list_jobs('{}', '%s', true, NULL, (SELECT least(count(*) / 2, %d) FROM \"JobListing\")::integer) -> 'next'".formatted(
        sort,
        MOST_BEFORE
      )
    );
  }

  private static String placeInPile(Connection connection, String pile) throws SQLException {
    return next(
      connection,
      "SELECT list_pile('%1$s', NULL, least((count_piles() ->> '%1$s')::integer / 2, %2$d)) -> 'next'".formatted(
        pile,
        MOST_BEFORE
      )
    );
  }

  private static String next(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement(); var result = statement.executeQuery(query)) {
      result.next();
      return "'%s'".formatted(result.getString(1).replace("'", "''"));
    }
  }

  private static double median(Connection connection, String query) throws SQLException {
    var times = new double[TIMES];
    for (int time : IntStream.range(0, TIMES).toArray()) {
      try (var statement = connection.createStatement()) {
        long start = System.nanoTime();
        statement.execute(query);
        times[time] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[TIMES / 2];
  }
}
