package dev.billstep.it;

import static dev.billstep.it.TestDatabase.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How jobs are started, parked, resumed and ended, by the SQL functions alone. */
@ExtendWith(OnEmbeddedDatabase.class)
class JobControlIT {

  private static final Map<String, String> UPLOAD = Map.of(
    "bucket",
    "bucket",
    "key",
    "key",
    "etag",
    "etag"
  );

  private final EmbeddedDatabase database;
  private final String model = "test/" + UUID.randomUUID();

  JobControlIT(EmbeddedDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void noJobOfAnotherTestWaits() throws SQLException {
    sql(
      "UPDATE \"JobThread\" SET status = 'error', failed_at = now(), error = 'OfAnotherTest', " +
        "error_message = 'It was in the way.' WHERE status = 'waiting'"
    );
  }

  // Starting

  @Test
  void aNewVersionTakesOverFromALiveRunWhichWritesNothingAnyMore() {
    var job = job();
    var first = job.claimed("one", "v1");
    assertThat(outcome(job.event("two", "v1", Map.of()))).isEqualTo("held");
    assertThat(outcome(job.event("three", "v2", Map.of()))).isEqualTo("granted");
    assertRefused("BS003", () -> job.persist(first, TestJob.pages(1, "old")));
    assertThat(job.row().path("object_version").asText()).isEqualTo("v2");
  }

  @Test
  void everyRunThatAJobWasGrantedIsKeptWithItsEnd() {
    var job = job();
    job.claimed("one-" + job.id(), "v1");
    job.claimed("two-" + job.id(), "v2");
    fail("two-" + job.id());
    var replay = Map.of("p_replay", Map.of("ignoreCache", true));
    assertThat(outcome(job.byHand("three-" + job.id(), replay))).isEqualTo("granted");
    assertThat(job.attempts())
      .extracting(
        run -> run.path("attempt").asInt(),
        run -> run.path("outcome").asText("goes on"),
        run -> run.path("error").asText(""),
        run -> run.at("/replay/ignoreCache").asBoolean()
      )
      .containsExactly(
        tuple(1, "superseded", "", false),
        tuple(2, "error", "Name", false),
        tuple(3, "goes on", "", true)
      );
  }

  @Test
  void oneObjectIsTheSameWhetherItsVersionIsKnownOrItsEntityTagAlone() {
    var job = job();
    var untold = Map.of("bucket", "bucket", "key", "key", "etag", "etag");
    job.claimed("one", "v1");
    assertThat(outcome(job.event("two", "v1", Map.of("p_upload", untold)))).isEqualTo("held");
    var other = Map.of("bucket", "bucket", "key", "key", "etag", "other");
    assertThat(outcome(job.event("three", "v1", Map.of("p_upload", other)))).isEqualTo("granted");
  }

  @Test
  void anEventThatArrivesAfterThatOfANewerVersionDoesNothing() {
    var job = job();
    var newer = Map.of("p_object_sequencer", "0062E99A88DC407461");
    var older = Map.of("p_object_sequencer", "0062E99A88DC407460");
    var token = job.event("two", "v2", newer).path("token").asText();
    assertThat(outcome(job.event("one", "v1", older))).isEqualTo("superseded");
    job.persist(token, TestJob.pages(1, "new"));
    assertThat(outcome(job.event("one", "v1", older))).isEqualTo("superseded");
    assertThat(job.row().path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void aRetryTakesAFailedJobUpAndLeavesAProcessedOneAlone() {
    var job = job();
    job.claimed("one-" + job.id(), "v1");
    assertThat(outcome(job.byHand("two", Map.of()))).isEqualTo("held");
    fail("one-" + job.id());
    assertThat(outcome(job.event("three", "v1", Map.of()))).isEqualTo("already_processed");
    var granted = job.byHand("four", Map.of());
    assertThat(outcome(granted)).isEqualTo("granted");
    assertThat(granted.at("/upload/versionId").asText()).isEqualTo("v1");
    job.persist(granted.path("token").asText(), TestJob.pages(1, "a"));
    assertThat(outcome(job.byHand("five", Map.of()))).isEqualTo("already_processed");
  }

  @Test
  void aRetryOfAJobWithoutAnUploadAsksForIt() {
    var job = job();
    var answer = job.byHand("one", Map.of());
    assertThat(outcome(answer)).isEqualTo("upload_unknown");
    assertThat(job.status()).isEqualTo("uploaded");
    var upload = Map.of("bucket", "b", "key", "k", "etag", "e");
    var found = job.byHand("one", Map.of("p_upload", upload));
    assertThat(outcome(found)).isEqualTo("granted");
    assertThat(job.row().path("object_key").asText()).isEqualTo("k");
  }

  @Test
  void aReplayOfSinglePagesLeavesTheOtherRowsAlone() {
    var job = processed(3);
    var before = job.docIds();
    var token = job
      .byHand("two", Map.of("p_replay", Map.of("pages", List.of(2))))
      .path("token")
      .asText();
    job.fenced(
      "persist_docs",
      token,
      Map.of("p_docs", List.of(TestJob.page(2, "again")), "p_partial", true)
    );
    assertThat(job.docIds()).isEqualTo(before);
    assertThat(job.docs())
      .extracting(doc -> doc.at("/ocr_payload/text").asText())
      .containsExactly("a", "again", "a");
    assertThat(job.status()).isEqualTo("processed");
  }

  @Test
  void aReplayOfPagesThatAreNotThereIsRefusedAndLeavesTheJobAsItWas() {
    var job = processed(2);
    var tooHigh = Map.of("p_replay", Map.of("pages", List.of(1, 3)));
    assertRefused("BS005", () -> job.byHand("two", tooHigh));
    assertThat(job.status()).isEqualTo("processed");
    var unread = job();
    unread.claimed("one-" + unread.id(), "v1");
    fail("one-" + unread.id());
    assertRefused("BS005", () ->
      unread.byHand("two", Map.of("p_replay", Map.of("pages", List.of(1))))
    );
    assertThat(unread.status()).isEqualTo("error");
  }

  @Test
  void singlePagesOfANewerUploadAreNotReadBesideRowsOfTheOlderOne() {
    var job = processed(2);
    job.claimed("two-" + job.id(), "v2");
    fail("two-" + job.id());
    assertRefused("BS005", () ->
      job.byHand("three", Map.of("p_replay", Map.of("pages", List.of(1))))
    );
    var whole = job.byHand("four", Map.of()).path("token").asText();
    job.persist(whole, TestJob.pages(2, "new"));
    assertThat(
      outcome(job.byHand("five", Map.of("p_replay", Map.of("pages", List.of(1)))))
    ).isEqualTo("granted");
  }

  @Test
  void anUnchangedRowTakesANewVerdict() {
    var job = processed(1);
    var flagged = new LinkedHashMap<String, Object>(TestJob.page(1, "a"));
    flagged.put("needs_review", true);
    job.persist(
      job
        .byHand("two", Map.of("p_replay", Map.of("ignoreCache", true)))
        .path("token")
        .asText(),
      List.of(flagged)
    );
    assertThat(job.docs().getFirst().path("needs_review").asBoolean()).isTrue();
    assertThat(job.revisions()).isEmpty();
  }

  @Test
  void aRetryOfAReplayThatFailedGoesOnWithWhatItWasAskedFor() {
    var job = processed(2);
    var replay = Map.of("model", "other/two", "pages", List.of(2));
    job.byHand("two-" + job.id(), Map.of("p_replay", replay));
    fail("two-" + job.id());
    assertThat(job.byHand("three", Map.of()).at("/replay/model").asText()).isEqualTo("other/two");
    fail("three");
    assertThat(job.event("four", "v2", Map.of()).path("replay").isNull())
      .as("a new upload is a new task")
      .isTrue();
  }

  // Ending

  @Test
  void aJobThatFailsKeepsTheRowsOfItsFinishedPages() {
    var job = processed(3);
    var token = job.claimed("two", "v2");
    var ending = Map.of(
      "p_docs",
      List.of(TestJob.page(1, "new")),
      "p_partial",
      true,
      "p_error",
      "ModelRefused",
      "p_error_message",
      "The model refused page 2."
    );
    job.fenced("persist_docs", token, ending);
    job.fenced("persist_docs", token, ending);
    assertThat(job.row().path("status").asText()).isEqualTo("error");
    assertThat(job.row().path("error").asText()).isEqualTo("ModelRefused");
    assertThat(job.row().path("failed_at").isNull()).isFalse();
    assertThat(job.row().path("completed_at").isNull()).isTrue();
    assertThat(job.docs())
      .extracting(doc -> doc.at("/ocr_payload/text").asText())
      .containsExactly("new", "a", "a");
  }

  @Test
  void aRunWhoseLeaseRanOutIsEndedOnceAndNeverOverANewerOne() {
    var dead = job();
    for (int run = 0; run < 4; run++) {
      dead.byHand("dead " + run, Map.of("p_upload", UPLOAD, "p_lease_seconds", 0));
    }
    var taken = job();
    taken.claim("dead too", "v1", 0);
    taken.claimed("alive", "v1");
    assertThat(overdue(3600)).contains(dead.id().toString()).doesNotContain(taken.id().toString());
    assertThat(overdue(3600)).doesNotContain(dead.id().toString());
    assertThat(dead.row().path("error").asText()).isEqualTo("LeaseExpired");
    assertThat(dead.row().path("error_message").asText()).contains("three times in a day");
    assertThat(taken.status()).isEqualTo("processing");
  }

  @Test
  void aRunWhoseLeaseRanOutIsStartedAgainUntilThatIsNoUse() {
    var job = job();
    for (int run = 0; run < 3; run++) {
      job.byHand("dead " + run, Map.of("p_upload", UPLOAD, "p_lease_seconds", 0));
      assertThat(restartable())
        .as("after run " + run)
        .contains(job.id().toString());
      assertThat(overdue(3600)).doesNotContain(job.id().toString());
    }
    job.byHand("dead 3", Map.of("p_upload", UPLOAD, "p_lease_seconds", 0));
    assertThat(restartable()).doesNotContain(job.id().toString());
    var alive = job();
    alive.claimed("alive " + alive.id(), "v1");
    assertThat(restartable()).doesNotContain(alive.id().toString());
  }

  @Test
  void anUploadWithoutAnExecutionIsEndedUnlessItHasOneByNow() {
    var job = job();
    var arguments = Map.of("p_job_id", job.id(), "p_error", "E", "p_error_message", "m");
    assertThat(database.supabase().call("fail_unstarted_job", arguments).asBoolean()).isTrue();
    assertThat(job.status()).isEqualTo("error");
    var started = job();
    started.claimed("one", "v1");
    var tooLate = Map.of("p_job_id", started.id(), "p_error", "E", "p_error_message", "m");
    assertThat(database.supabase().call("fail_unstarted_job", tooLate).asBoolean()).isFalse();
    assertThat(started.status()).isEqualTo("processing");
  }

  // Counting

  @Test
  void aCallThatIsNotedTwiceIsCountedOnce() {
    var job = job();
    var call = UUID.randomUUID();
    job.called(call, "ok");
    job.called(call, "ok");
    job.called(UUID.randomUUID(), "ModelThrottled");
    assertThat(job.row().path("model_calls").asInt()).isEqualTo(2);
    assertThat(job.row().path("input_tokens").asInt()).isEqualTo(200);
    assertThat(job.row().path("output_tokens").asInt()).isEqualTo(20);
    assertThat(job.row().path("cost_usd").asDouble()).isEqualTo(0.5);
  }

  // Waiting

  /** The model answers others: it is the page, or this run. */
  @Test
  void aJobThatIsParkedAloneWaitsForItselfAndHoldsNobodyUp() throws SQLException {
    var alone = job();
    var waits = new ArrayList<Long>();
    for (int run = 0; run < 4; run++) {
      var token = alone
        .byHand("run " + run, Map.of("p_upload", UPLOAD, "p_model_id", model))
        .path("token")
        .asText();
      for (int call = 0; call < 5; call++) {
        alone.called(UUID.randomUUID(), "ModelUnavailable", model);
      }
      alone.park(token, model);
      waits.add(secondsUntilItIsStarted(alone));
      assertThat(resumed()).doesNotContain(alone.id().toString());
    }
    assertThat(waits).containsExactly(60L, 120L, 200L, 200L);
    assertThat(breaker().path("state").asText()).isEqualTo("closed");
    assertThat(outcome(job().event("new", "v1", Map.of("p_model_id", model)))).isEqualTo("granted");
    sql("UPDATE \"JobThread\" SET resume_at = now() WHERE id = '%s'".formatted(alone.id()));
    assertThat(resumed()).containsExactly(alone.id().toString());
  }

  @Test
  void aFewFailuresAmongManyAnswersOpenNoBreaker() {
    modelIsDown();
    for (int call = 0; call < 3; call++) {
      job().called(UUID.randomUUID(), "ok", model);
    }
    var job = job();
    job.park(job.claimed("one-" + job.id(), "v1"), model);
    assertThat(breaker().path("state").asText()).isEqualTo("closed");
  }

  @Test
  void probesGoRound() throws SQLException {
    var jobs = parkedJobs(3);
    var probed = new ArrayList<String>();
    for (int round = 0; round < 3; round++) {
      probeIsDue();
      var probe = resumed();
      probed.addAll(probe);
      var job = jobs
        .stream()
        .filter(each -> probe.contains(each.id().toString()))
        .findFirst()
        .orElseThrow();
      job.park(
        job
          .byHand("probe " + round, Map.of("p_model_id", model))
          .path("token")
          .asText(),
        model
      );
    }
    assertThat(probed).containsExactly(
      jobs
        .stream()
        .map(job -> job.id().toString())
        .toArray(String[]::new)
    );
  }

  @Test
  void whatNeverGetsAnAnswerIsToldFromAModelThatAnswersNobody() {
    var job = job();
    var asked = Map.of(
      "p_job_id",
      job.id(),
      "p_step",
      "read",
      "p_pages",
      List.of(1),
      "p_model_id",
      model
    );
    job.called(UUID.randomUUID(), "ModelUnavailable", model);
    job.called(UUID.randomUUID(), "ModelUnavailable", model);
    assertThat(database.supabase().call("unanswered_calls", asked).toString()).isEqualTo(
      "{\"unanswered\":2,\"answered_others\":0}"
    );
    job().called(UUID.randomUUID(), "ok", model);
    assertThat(
      database.supabase().call("unanswered_calls", asked).path("answered_others").asInt()
    ).isEqualTo(1);
  }

  @Test
  void aParkedJobWaitsWithItsReasonAndNewUploadsWaitWithIt() {
    var first = parked();
    assertThat(first.row().path("status").asText()).isEqualTo("waiting");
    assertThat(first.row().path("waiting_reason").asText()).isEqualTo("no answer");
    assertThat(first.row().path("lease_until").isNull()).isTrue();
    assertThat(breaker().path("state").asText()).isEqualTo("open");

    var second = job();
    var upload = Map.of("p_model_id", model);
    assertThat(outcome(second.event("two", "v1", upload))).isEqualTo("waiting");
    assertThat(outcome(second.event("three", "v1", upload))).isEqualTo("waiting");
    assertThat(second.row().path("status").asText()).isEqualTo("waiting");
    assertThat(second.row().path("attempt").asInt()).isZero();
  }

  // Waiting for a batch

  @Test
  void whatIsWithAProviderKeepsItsJobForTheRunThatWaits() {
    var job = job();
    var token = job.claim("one", "v1", 60).path("token").asText();
    keepSent(job, token, "batch-1");
    var row = job.row();
    assertThat(row.at("/sent_questions/batches/0").asText()).isEqualTo("batch-1");
    assertThat(OffsetDateTime.parse(row.path("lease_until").asText())).isAfter(
      OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(3_000)
    );
    assertRefused("BS003", () -> keepSent(job, "stale", "batch-2"));
    assertRefused("BS003", () -> job.fenced("settle_sent_questions", "stale", Map.of()));
    job.fenced("settle_sent_questions", token, Map.of());
    assertThat(job.row().path("questions_sent_at").isNull()).isTrue();
  }

  @Test
  void whatAJobThatHasEndedLeavesWithAProviderIsFoundUntilItIsForgotten() {
    var job = job();
    var token = job.claimed("one-" + job.id(), "v1");
    keepSent(job, token, "batch-1");
    assertThat(abandoned(job)).isEmpty();
    fail("one-" + job.id());
    var left = abandoned(job);
    assertThat(left).hasSize(1);
    keepSent(job, token, "batch-2");
    assertThat(job.row().path("lease_until").isNull()).as("it has ended").isTrue();
    forget(job, left.getFirst().path("sent"));
    assertThat(abandoned(job)).as("others were sent meanwhile").hasSize(1);
    job.byHand("two-" + job.id(), Map.of());
    assertThat(abandoned(job)).as("somebody waits again").isEmpty();
    forget(job, job.row().path("sent_questions"));
    assertThat(job.row().at("/sent_questions/batches/0").asText()).isEqualTo("batch-2");
    fail("two-" + job.id());
    forget(job, job.row().path("sent_questions"));
    assertThat(job.row().path("sent_questions").isNull()).isTrue();
  }

  private static void keepSent(TestJob job, String token, String batch) {
    job.fenced(
      "keep_sent_questions",
      token,
      Map.of(
        "p_sent",
        Map.of("batches", List.of(batch)),
        "p_sent_at",
        OffsetDateTime.now(ZoneOffset.UTC),
        "p_lease_seconds",
        3_600
      )
    );
  }

  private void forget(TestJob job, JsonNode sent) {
    database.supabase().call("forget_questions", Map.of("p_job_id", job.id(), "p_sent", sent));
  }

  private List<JsonNode> abandoned(TestJob job) {
    return database
      .supabase()
      .call("abandoned_questions", Map.of("p_limit", 1_000))
      .valueStream()
      .filter(each -> each.path("job_id").asText().equals(job.id().toString()))
      .toList();
  }

  @Test
  void whoAsksByHandIsNotHeldUp() {
    var job = parked();
    assertThat(outcome(job.byHand("two", Map.of("p_model_id", model)))).isEqualTo("granted");
  }

  @Test
  void nothingIsStartedBeforeTheProbesTimeAndThenOneJob() throws SQLException {
    var jobs = parkedJobs(5);
    assertThat(resumed()).isEmpty();
    probeIsDue();
    assertThat(resumed()).containsExactly(jobs.getFirst().id().toString());
    assertThat(breaker().path("state").asText()).isEqualTo("half_open");
    assertThat(resumed()).as("nothing was heard of the probe yet").isEmpty();
  }

  @Test
  void asLongAsTheModelAnswersTwiceAsManyAreStartedEachTimeThenAll() throws SQLException {
    var jobs = parkedJobs(10);
    probeIsDue();
    var started = new ArrayList<Integer>();
    for (int round = 0; round < 4; round++) {
      var now = resumed();
      started.add(now.size());
      for (var job : jobs) {
        if (now.contains(job.id().toString())) {
          job.byHand("again", Map.of("p_model_id", model));
          job.called(UUID.randomUUID(), "ok", model);
        }
      }
    }
    assertThat(started).containsExactly(1, 2, 4, 3);
    assertThat(breaker().path("state").asText()).isEqualTo("closed");
    assertThat(events()).containsExactly("open", "half_open", "closed");
    assertThat(outcome(job().event("new", "v1", Map.of("p_model_id", model)))).isEqualTo("granted");
  }

  @Test
  void aProbeThatFailsIsTriedAgainAfterTwiceTheTimeUpToALimit() throws SQLException {
    var job = parked();
    var seconds = new ArrayList<Long>();
    for (int round = 0; round < 4; round++) {
      seconds.add(secondsUntilTheProbe());
      probeIsDue();
      assertThat(resumed()).containsExactly(job.id().toString());
      var token = job
        .byHand("probe " + round, Map.of("p_model_id", model))
        .path("token")
        .asText();
      job.park(token, model);
    }
    assertThat(seconds).containsExactly(60L, 120L, 200L, 200L);
  }

  @Test
  void whoHasWaitedForTooLongIsEndedWithTheReason() throws SQLException {
    var job = parked();
    assertThat(overdue(3600)).doesNotContain(job.id().toString());
    sql(
      "UPDATE \"JobThread\" SET waiting_since = now() - interval '2 hours' WHERE id = '%s'".formatted(
        job.id()
      )
    );
    assertThat(overdue(3600)).contains(job.id().toString());
    assertThat(job.row().path("error_message").asText()).contains(model, "no answer", "Retry");
  }

  @Test
  void theTimeThatAJobHasWaitedGoesOnThroughItsProbes() throws SQLException {
    var job = parked();
    var since = job.row().path("waiting_since").asText();
    probeIsDue();
    resumed();
    job.park(job.byHand("probe", Map.of("p_model_id", model)).path("token").asText(), model);
    assertThat(job.row().path("waiting_since").asText()).isEqualTo(since);
  }

  @Test
  void anOperatorPausesProbesAndResumesWithAReasonThatIsKept() {
    var jobs = parkedJobs(3);
    control("pause", "the provider has told us of an outage");
    assertThat(resumed()).isEmpty();
    control("probe", "they say it is over");
    assertThat(resumed()).hasSize(1);
    control("resume", "it is");
    assertThat(resumed()).hasSize(2);
    assertThat(events()).containsExactly("open", "paused", "open", "half_open", "closed");
    assertRefused("BS005", () -> control("pause", " "));
    assertThat(jobs).hasSize(3);
  }

  // Schemas and settings

  @Test
  void aSchemaVersionCanNotBeChangedAndOneOfATypeIsActive() throws SQLException {
    sql(
      """
      INSERT INTO "DocTypeSchema" (doc_type, version, schema, prompt, prompt_version)
        SELECT doc_type, 77, schema, prompt, 'unknown-77' FROM "DocTypeSchema"
        WHERE doc_type = 'unknown' AND version = 1
      """
    );
    try {
      assertThatThrownBy(() ->
        sql("UPDATE \"DocTypeSchema\" SET prompt = 'x' WHERE version = 77")
      ).hasMessageContaining("add another version");
      assertThatThrownBy(() ->
        sql("UPDATE \"DocTypeSchema\" SET active = true WHERE version = 77")
      ).hasMessageContaining("call activate_schema");
      activate(77);
      assertThat(activeVersions()).isEqualTo(List.of(77));
    } finally {
      activate(1);
      sql("DELETE FROM \"DocTypeSchema\" WHERE version = 77");
    }
    assertThat(activeVersions()).isEqualTo(List.of(1));
  }

  @Test
  void whatASettingSaidBeforeIsKept() throws SQLException {
    sql("INSERT INTO \"Settings\" (key, value) VALUES ('test.kept', '1')");
    sql("UPDATE \"Settings\" SET value = '2' WHERE key = 'test.kept'");
    sql("DELETE FROM \"Settings\" WHERE key = 'test.kept'");
    assertThat(
      database
        .supabase()
        .select("SettingsRevision", "replaced_at.asc", Map.of("key", "eq.test.kept"))
    )
      .extracting(row -> row.path("value").asInt())
      .containsExactly(1, 2);
  }

  private TestJob job() {
    return TestJob.uploaded(database.supabase());
  }

  private TestJob processed(int pages) {
    var job = job();
    job.persist(job.claimed("one-" + job.id(), "v1"), TestJob.pages(pages, "a"));
    return job;
  }

  /** Calls of two jobs have failed: it is the model, and no page. */
  private void modelIsDown() {
    job().called(UUID.randomUUID(), "ModelUnavailable", model);
    job().called(UUID.randomUUID(), "ModelThrottled", model);
  }

  private TestJob parked() {
    modelIsDown();
    var job = job();
    job.park(job.claimed("one-" + job.id(), "v1"), model);
    return job;
  }

  private List<TestJob> parkedJobs(int count) {
    return IntStream.range(0, count)
      .mapToObj(index -> parked())
      .toList();
  }

  private static String outcome(JsonNode answer) {
    return answer.path("outcome").asText();
  }

  private void fail(String execution) {
    TestDatabase.fail(database, execution);
  }

  private List<String> resumed() {
    return database
      .supabase()
      .call("resume_jobs", Map.of("p_limit", 50))
      .valueStream()
      .map(JsonNode::asText)
      .toList();
  }

  private List<String> restartable() {
    return database
      .supabase()
      .call("restartable_jobs", Map.of("p_limit", 1000))
      .valueStream()
      .map(JsonNode::asText)
      .toList();
  }

  private List<String> overdue(int longestWaitSeconds) {
    return database
      .supabase()
      .call(
        "fail_overdue_jobs",
        Map.of("p_longest_wait_seconds", longestWaitSeconds, "p_limit", 1000)
      )
      .valueStream()
      .map(row -> row.path("job_id").asText())
      .toList();
  }

  private JsonNode breaker() {
    return database
      .supabase()
      .selectOne("ModelBreaker", Map.of("model_id", "eq." + model))
      .orElseThrow();
  }

  private List<String> events() {
    return database
      .supabase()
      .select("BreakerEvent", "created_at.asc", Map.of("model_id", "eq." + model))
      .stream()
      .map(event -> event.path("state").asText())
      .toList();
  }

  private void control(String action, String reason) {
    database
      .supabase()
      .call(
        "control_breaker",
        Map.of(
          "p_model_id",
          model,
          "p_action",
          action,
          "p_reason",
          reason,
          "p_actor",
          "ops@example.com"
        )
      );
  }

  private void activate(int version) {
    database
      .supabase()
      .call("activate_schema", Map.of("p_doc_type", "unknown", "p_version", version));
  }

  private List<Integer> activeVersions() {
    return database
      .supabase()
      .select("DocTypeSchema", "version.asc", Map.of("active", "eq.true", "doc_type", "eq.unknown"))
      .stream()
      .map(row -> row.path("version").asInt())
      .toList();
  }

  private void probeIsDue() throws SQLException {
    sql("UPDATE \"ModelBreaker\" SET probe_at = now() WHERE model_id = '%s'".formatted(model));
    sql("UPDATE \"JobThread\" SET resume_at = least(resume_at, now()) WHERE status = 'waiting'");
  }

  private static long secondsUntilItIsStarted(TestJob job) {
    var resumeAt = OffsetDateTime.parse(job.row().path("resume_at").asText());
    var parkedAt = OffsetDateTime.parse(job.row().path("updated_at").asText());
    return Math.round(Duration.between(parkedAt, resumeAt).toMillis() / 1000.0);
  }

  private long secondsUntilTheProbe() throws SQLException {
    try (
      var connection = database.postgres().getConnection();
      var sql = connection.prepareStatement(
        "SELECT round(extract(epoch FROM probe_at - updated_at)) FROM \"ModelBreaker\" " +
          "WHERE model_id = ?"
      )
    ) {
      sql.setString(1, model);
      try (var result = sql.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private void sql(String statement) throws SQLException {
    TestDatabase.sql(database, statement);
  }
}
