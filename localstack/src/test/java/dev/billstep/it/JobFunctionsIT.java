package dev.billstep.it;

import static dev.billstep.it.TestDatabase.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database promises of jobs and rows, against a real PostgreSQL. */
@ExtendWith(OnEmbeddedDatabase.class)
class JobFunctionsIT {

  private final EmbeddedDatabase database;

  JobFunctionsIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @Test
  void aReplayThatComesToNothingLeavesItsJobProcessed() {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("first-" + job.id(), "v1"), TestJob.pages(2, "one"));
    var before = job.row();
    var execution = "replay-" + job.id();
    job.byHand(execution, Map.of("p_replay", Map.of("model", "test/nobody")));
    assertThat(job.status()).isEqualTo("processing");
    TestDatabase.fail(database, execution);
    var row = job.row();
    for (var column : List.of("status", "completed_at", "failed_at", "page_count")) {
      assertThat(row.path(column)).as(column).isEqualTo(before.path(column));
    }
    assertThat(row.path("error_message").asText()).contains(
      "says what it said before: A sentence."
    );
    assertThat(job.attempts().getLast().path("outcome").asText()).isEqualTo("error");
    assertThat(job.docs()).hasSize(2);
  }

  @Test
  void aReplayThatWroteSomeOfItsRowsAndFailedIsAnError() {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("first-" + job.id(), "v1"), TestJob.pages(2, "one"));
    var token = job
      .byHand("replay-" + job.id(), Map.of("p_replay", Map.of()))
      .path("token")
      .asText();
    job.fenced(
      "persist_docs",
      token,
      Map.of(
        "p_docs",
        TestJob.pages(1, "two"),
        "p_partial",
        true,
        "p_error",
        "Name",
        "p_error_message",
        "A sentence."
      )
    );
    assertThat(job.status()).isEqualTo("error");
  }

  @Test
  void ofFiftyConcurrentClaimsOneIsGrantedTwoHundredTimesOver() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 200; round++) {
        var job = TestJob.uploaded(database.supabase());
        var start = new CountDownLatch(1);
        var claims = new ArrayList<Future<JsonNode>>();
        for (int claim = 0; claim < 50; claim++) {
          var execution = "execution-" + claim;
          Callable<JsonNode> claimOnce = () -> {
            start.await();
            return job.claim(execution, "v1", TestJob.LEASE_SECONDS);
          };
          claims.add(threads.submit(claimOnce));
        }
        start.countDown();
        var outcomes = new ArrayList<String>();
        for (var claim : claims) {
          outcomes.add(claim.get().path("outcome").asText());
        }
        assertThat(outcomes).containsOnlyOnce("granted");
        assertThat(outcomes.stream().filter("held"::equals)).hasSize(49);
        assertThat(job.row().path("attempt").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void theSameExecutionMayAskAgainAndGetsTheSameToken() {
    var job = TestJob.uploaded(database.supabase());
    assertThat(job.claimed("one", "v1")).isEqualTo("one#1").isEqualTo(job.claimed("one", "v1"));
  }

  @Test
  void aVersionThatWasProcessedIsNotProcessedAgainAndANewOneIs() {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(1, "a"));
    assertThat(job.claim("two", "v1", 60).path("outcome").asText()).isEqualTo("already_processed");
    assertThat(job.claim("three", "v2", 60).path("outcome").asText()).isEqualTo("granted");
    assertThat(job.row().path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void aJobThatDoesNotExistOrBelongsToSomebodyElseHasItsOwnCode() {
    var job = TestJob.uploaded(database.supabase());
    var somebodys = Map.of("p_user_id", UUID.randomUUID());
    assertRefused("BS002", () -> job.event("one", "v1", somebodys));
    var nobodys = Map.of("p_job_id", UUID.randomUUID());
    assertRefused("BS001", () -> job.event("one", "v1", nobodys));
  }

  @Test
  void aLeaseThatRanOutCanBeTakenOverAndTheOldTokenDoesNothingAnyMore() {
    var job = TestJob.uploaded(database.supabase());
    var dead = "dead-" + job.id();
    var stale = job.claim(dead, "v1", 0).path("token").asText();
    var fresh = job.claimed("alive", "v1");

    assertRefused("BS003", () -> job.persist(stale, TestJob.pages(2, "late")));
    assertRefused("BS003", () -> job.fenced("stage_docs", stale, Map.of("p_docs", List.of())));
    assertRefused("BS003", () -> job.fenced("record_progress", stale, Map.of("p_page_count", 2)));
    assertThat(fail(dead).isNull()).as("the dead run holds no job that it could fail").isTrue();
    assertThat(job.status()).isEqualTo("processing");
    assertThat(job.docs()).isEmpty();

    job.persist(fresh, TestJob.pages(1, "a"));
    assertThat(job.status()).isEqualTo("processed");
  }

  @Test
  void noTokenIsStaleAlsoWhereNoRunHasTheJob() {
    var job = TestJob.uploaded(database.supabase());
    assertRefused("BS003", () -> job.fenced("hold_job", null, Map.of()));
    assertRefused("BS003", () -> job.fenced("record_progress", null, Map.of("p_page_count", 2)));
  }

  @Test
  void aJobThatFailsWithoutAReasonFailsAllTheSame() {
    var job = TestJob.uploaded(database.supabase());
    var execution = "silent-" + job.id();
    job.claimed(execution, "v1");
    database
      .supabase()
      .call("fail_job", Map.of("p_execution", execution, "p_error", "", "p_error_message", " \n"));
    assertThat(job.status()).isEqualTo("error");
    assertThat(job.row().path("error").asText()).isEqualTo("Unnamed");
    assertThat(job.row().path("error_message").asText()).isEqualTo(
      "The run failed without saying why. Retry the job."
    );
  }

  @Test
  void aFailedJobSaysWhenAndWhyAndIsClearedByItsNextRun() {
    var job = TestJob.uploaded(database.supabase());
    var execution = "failing-" + job.id();
    job.claimed(execution, "v1");
    assertThat(fail(execution).asText()).isEqualTo(job.id().toString());
    assertThat(fail(execution).isNull()).as("only once").isTrue();
    assertThat(job.row().path("error").asText()).isEqualTo("Name");
    assertThat(job.row().path("error_message").asText()).isEqualTo("A sentence.");
    assertThat(job.row().path("failed_at").isNull()).isFalse();

    job.claimed("two", "v2");
    assertThat(job.row().path("error").isNull()).isTrue();
    assertThat(job.row().path("failed_at").isNull()).isTrue();
  }

  @Test
  void progressIsASetOfPages() {
    var job = TestJob.uploaded(database.supabase());
    var token = job.claimed("one", "v1");
    job.fenced("record_progress", token, Map.of("p_page_count", 3));
    job.fenced("record_progress", token, Map.of("p_classified", List.of(2, 1)));
    job.fenced("record_progress", token, Map.of("p_classified", List.of(2, 3)));
    assertThat(job.row().path("page_count").asInt()).isEqualTo(3);
    assertThat(job.row().path("classified_pages").toString()).isEqualTo("[1,2,3]");
  }

  @Test
  void persistingTwiceLeavesTheSameRowsUntouched() {
    var job = TestJob.uploaded(database.supabase());
    var token = job.claimed("one", "v1");
    job.persist(token, TestJob.pages(6, "a"));
    var first = job.docs();
    job.persist(token, TestJob.pages(6, "a"));
    var again = job.byHand("two", Map.of("p_replay", Map.of("ignoreCache", true)));
    job.persist(again.path("token").asText(), TestJob.pages(6, "a"));
    assertThat(job.docs()).isEqualTo(first);
    job.persist(job.claimed("three", "v2"), TestJob.pages(6, "a"));
    assertThat(job.docs()).allSatisfy(doc ->
      assertThat(doc.path("object_version").asText()).isEqualTo("v2")
    );
    assertThat(job.revisions()).isEmpty();
  }

  @Test
  void pagesThatNoLongerExistLoseTheirRowsAndTheOthersKeepTheirs() {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(6, "a"));
    var six = job.docIds();
    job.persist(job.claimed("two", "v2"), TestJob.pages(4, "a"));
    assertThat(job.docIds()).isEqualTo(six.subList(0, 4));
    assertThat(job.row().path("page_count").asInt()).isEqualTo(4);
  }

  @Test
  void aPageThatChangesKeepsItsIdAndWhatItSaidBefore() {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(2, "before"));
    var ids = job.docIds();
    job.persist(
      job.claimed("two", "v2"),
      List.of(TestJob.page(1, "before"), TestJob.page(2, "after"))
    );
    assertThat(job.docIds()).isEqualTo(ids);
    assertThat(job.docs().get(1).at("/ocr_payload/text").asText()).isEqualTo("after");
    assertThat(job.revisions())
      .singleElement()
      .satisfies(revision -> {
        assertThat(revision.path("doc_id").asText()).isEqualTo(ids.get(1));
        assertThat(revision.at("/ocr_payload/text").asText()).isEqualTo("before");
        assertThat(revision.path("schema_version").asInt()).isEqualTo(1);
        assertThat(revision.path("model_id").asText()).isEqualTo("test/one");
        assertThat(revision.path("replaced_by").asText()).isEqualTo("two#2");
      });
  }

  @Test
  void aDraftThatWasMadeIsKeptAndFlaggedWhenItsPageChanges() throws SQLException {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(2, "before"));
    sql(
      "UPDATE \"Doc\" SET status = 'draft_created' WHERE job_thread_id = '%s'".formatted(job.id())
    );
    job.persist(
      job.claimed("two", "v2"),
      List.of(TestJob.page(1, "before"), TestJob.page(2, "after"))
    );
    assertThat(job.docs())
      .extracting(doc -> doc.path("status").asText() + " " + doc.path("needs_review").asBoolean())
      .containsExactly("draft_created false", "draft_created true");
  }

  @Test
  void rowsThatWereStagedAreSeenByNobodyBeforeTheCompletion() {
    var job = TestJob.uploaded(database.supabase());
    var token = job.claimed("one", "v1");
    job.fenced("stage_docs", token, Map.of("p_docs", TestJob.pages(3, "a")));
    job.fenced("stage_docs", token, Map.of("p_docs", TestJob.pages(3, "a")));
    assertThat(job.docs()).isEmpty();
    job.persist(token, List.of(TestJob.page(4, "a")));
    assertThat(job.docs()).hasSize(4);
    assertThat(database.supabase().select("StagedDoc", "page_number.asc", Map.of())).isEmpty();
  }

  @Test
  void whatADeadRunHasStagedIsNotTakenOver() {
    var job = TestJob.uploaded(database.supabase());
    var stale = job.claim("dead", "v1", 0).path("token").asText();
    job.fenced("stage_docs", stale, Map.of("p_docs", TestJob.pages(3, "late")));
    job.persist(job.claimed("alive", "v1"), List.of(TestJob.page(1, "a")));
    assertThat(job.docs()).hasSize(1);
  }

  /** The backend kills itself in the middle of each statement of the transaction in turn. */
  @ParameterizedTest
  @CsvSource({
    "DocRevision, INSERT",
    "Doc, INSERT",
    "Doc, UPDATE",
    "Doc, DELETE",
    "StagedDoc, DELETE",
    "JobThread, UPDATE",
  })
  void aCompletionThatIsKilledLeavesEverythingAsItWas(String table, String statement)
    throws SQLException {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(3, "before"));
    var token = job.claimed("two", "v2");
    job.fenced("stage_docs", token, Map.of("p_docs", List.of(TestJob.page(1, "after"))));
    var before = job.docs();
    var docs = List.of(TestJob.page(2, "after"), TestJob.page(4, "new"));

    sql(
      """
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        PERFORM pg_terminate_backend(pg_backend_pid());
        PERFORM pg_sleep(5);
        RETURN NULL;
      END $$;
      CREATE TRIGGER die AFTER %s ON "%s" FOR EACH STATEMENT EXECUTE FUNCTION die();
      """.formatted(statement, table)
    );
    try {
      assertThatThrownBy(() -> job.persist(token, docs)).isInstanceOf(RuntimeException.class);
    } finally {
      sql("DROP FUNCTION die() CASCADE");
    }
    assertThat(job.status()).isEqualTo("processing");
    assertThat(job.docs()).isEqualTo(before);
    assertThat(job.revisions()).isEmpty();

    job.persist(token, docs);
    assertThat(job.status()).isEqualTo("processed");
    assertThat(job.docs())
      .extracting(doc -> doc.path("page_number") + " " + doc.at("/ocr_payload/text").asText())
      .containsExactly("1 after", "2 after", "4 new");
    assertThat(job.revisions()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "uploaded, processed",
    "processed, error",
    "error, processed",
    "processed, uploaded",
  })
  void anIllegalTransitionIsRefusedWithBothStatesNamed(String from, String to) throws SQLException {
    var job = TestJob.uploaded(database.supabase());
    if (!from.equals("uploaded")) {
      var execution = "ends-" + job.id();
      var token = job.claimed(execution, "v1");
      if (from.equals("processed")) {
        job.persist(token, TestJob.pages(1, "a"));
      } else {
        fail(execution);
      }
    }
    assertThatThrownBy(() ->
      sql("UPDATE \"JobThread\" SET status = '%s' WHERE id = '%s'".formatted(to, job.id()))
    )
      .isInstanceOfSatisfying(SQLException.class, e ->
        assertThat(e.getSQLState()).isEqualTo("BS004")
      )
      .hasMessageContaining("from %s to %s".formatted(from, to));
  }

  @Test
  void aDraftThatWasMadeCanNotBeTakenBack() throws SQLException {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(1, "a"));
    sql(
      "UPDATE \"Doc\" SET status = 'draft_created' WHERE job_thread_id = '%s'".formatted(job.id())
    );
    assertThatThrownBy(() ->
      sql(
        "UPDATE \"Doc\" SET status = 'draft_pending' WHERE job_thread_id = '%s'".formatted(job.id())
      )
    ).hasMessageContaining("from draft_created to draft_pending");
  }

  @Test
  void deletingAJobDeletesItsRows() throws SQLException {
    var job = TestJob.uploaded(database.supabase());
    job.persist(job.claimed("one", "v1"), TestJob.pages(2, "a"));
    job.persist(job.claimed("two", "v2"), TestJob.pages(2, "b"));
    sql("DELETE FROM \"JobThread\" WHERE id = '%s'".formatted(job.id()));
    assertThat(job.docs()).isEmpty();
    assertThat(job.revisions()).isEmpty();
  }

  private JsonNode fail(String execution) {
    return TestDatabase.fail(database, execution);
  }

  private void sql(String statement) throws SQLException {
    TestDatabase.sql(database, statement);
  }
}
