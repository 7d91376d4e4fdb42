package dev.billstep.it;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.it.ModelServer.Call;
import dev.billstep.it.ModelServer.Reply;
import dev.billstep.job.JobId;
import dev.billstep.settings.SettingsService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * A job's state is true and no page is lost, doubled or paid for twice, whatever happens to its
 * events, its model, its database or its execution.
 */
@ExtendWith(OnStackWithModelServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobStateIT {

  /** Thirty seconds at the stack's pace: longer than one request to Supabase may take. */
  private static final Duration OUTAGE = OnStackWithModelServer.PACE.of(Duration.ofSeconds(30));

  private static final Duration POLL = Duration.ofMillis(200);
  private static final String NOBODY = "00000000-0000-4000-8000-00000000dead";

  @TempDir
  Path folder;

  private final EmbeddedStack stack;
  private final Jobs jobs;
  private final ModelServer model = ModelServer.start();

  JobStateIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
    set("model", Map.of("provider", "openai", "model", "test", "baseUrl", model.baseUrl()));
    set("waiting", Map.of("probeSeconds", 1, "longestProbeSeconds", 1, "longestWaitHours", 24));
    set("prices", Map.of("openai/test", Map.of("inputPerMillion", 2, "outputPerMillion", 10)));
  }

  @BeforeEach
  void theModelAnswersAgain() {
    model.behaveAsUsual();
    model.forget();
  }

  @AfterAll
  void stopTheModel() {
    model.close();
  }

  // Starting

  @Test
  void tenEventsAndTenRetriesAtOnceAreOneRunWithOneCallAPage() throws Exception {
    var file = TypedPages.pdf(folder, "at-once", 6);
    var job = jobs.make(file);
    var inputs = new ArrayList<Object>();
    var key = jobs.upload(job, file).toString();
    for (int copy = 0; copy < 10; copy++) {
      inputs.add(event(key));
      inputs.add(Map.of("jobId", job));
    }
    var executions = atOnce(
      inputs.stream().<Callable<String>>map(input -> () -> jobs.start(input))
    );
    jobs.ended(job);
    executions.forEach(jobs::ended);

    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.row(job).path("attempt").asInt()).as("%s", jobs.row(job)).isEqualTo(1);
    assertThat(jobs.docs(job)).hasSize(6);
    assertThat(read(model.answered())).hasSize(6).doesNotHaveDuplicates();
    assertThat(classified(model.answered())).hasSize(6).doesNotHaveDuplicates();
    assertThat(jobs.calls(job)).hasSize(jobs.row(job).path("model_calls").asInt());
  }

  @Test
  void anEventWithoutItsJobUserOrKeyEndsUnderItsOwnName() {
    var file = TypedPages.pdf(folder, "stranger", 1);
    var job = jobs.make(file);
    assertThat(failure(event("uploads/readme.txt"))).isEqualTo("UploadKeyInvalid");
    var user = "00000000-0000-4000-8000-000000000001";
    assertThat(failure(event("uploads/%s/%s/a.pdf".formatted(user, NOBODY)))).isEqualTo(
      "JobNotFound"
    );
    assertThat(failure(event("uploads/%s/%s/a.pdf".formatted(NOBODY, job)))).isEqualTo(
      "JobNotOwned"
    );
    assertThat(failure(Map.of("jobId", NOBODY))).isEqualTo("JobNotFound");
    assertThat(failure(Map.of("jobId", job))).isEqualTo("UploadNotFound");
    assertThat(failure(Map.of("hello", "world"))).isEqualTo("JsonHandler.InputInvalid");
    assertThat(jobs.row(job).path("status").asText()).as("it is untouched").isEqualTo("uploaded");
  }

  @Test
  void anUploadThatIsGoneByThenIsNamedInItsJob() {
    var file = TypedPages.pdf(folder, "gone", 1);
    var job = jobs.make(file);
    var key = "uploads/00000000-0000-4000-8000-000000000001/%s/gone.pdf".formatted(job);
    jobs.start(event(key, "no-such-version", "none"));
    jobs.ended(job);
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("UploadRejected.Gone");
  }

  @Test
  void anotherVersionOfTheUploadIsAnotherAttemptWithItsOwnRows() {
    var file = TypedPages.pdf(folder, "twice", 3);
    var job = jobs.upload(file);
    jobs.ended(job);
    assertThat(jobs.docs(job)).hasSize(3);
    jobs.upload(job, TypedPages.pdf(folder, "twice", 2));
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> jobs.row(job).path("attempt").asInt() == 2);
    jobs.ended(job);
    assertThat(jobs.docs(job)).hasSize(2);
    assertThat(read(model.answered())).as("its two pages have not changed").hasSize(3);
    assertThat(jobs.row(job).path("cache_hits").asInt()).isEqualTo(4);
  }

  // Pages that fail

  @Test
  void garbageForOnePageIsShownToTheModelOnceThenTheOthersGoOn() {
    var bad = new HashSet<String>();
    model.behave(call -> {
      if (!call.isClassification() && bad.isEmpty()) {
        bad.add(call.images().getFirst());
      }
      return !call.isClassification() && bad.containsAll(call.images())
        ? Reply.message("I would rather not say", "stop")
        : call.usualReply();
    });
    var job = jobs.upload(TypedPages.pdf(folder, "garbage", 3));
    jobs.ended(job);

    var row = jobs.row(job);
    assertThat(row.path("status").asText()).isEqualTo("processed");
    assertThat(row.path("error_message").asText())
      .startsWith("1 of 3 pages could not be read: page ")
      .contains("does not match the schema");
    assertThat(jobs.docs(job)).hasSize(3);
    var unread = jobs
      .docs(job)
      .stream()
      .filter(doc -> !doc.path("error").isNull())
      .toList();
    assertThat(unread).hasSize(1);
    assertThat(unread.getFirst().path("status").asText()).isEqualTo("unknown");
    assertThat(unread.getFirst().path("schema_version").isNull()).isTrue();
    assertThat(unread.getFirst().path("needs_review").asBoolean()).isTrue();
    assertThat(unread.getFirst().path("confidence").asDouble()).isZero();
    assertThat(unread.getFirst().at("/ocr_payload/rejected/fields").asText()).isEqualTo(
      "I would rather not say"
    );
    assertThat(stack.fetchPage(URI.create(unread.getFirst().path("storage_uri").asText())))
      .as("its image can be audited")
      .isNotEmpty();
    assertThat(jobs.calls(job))
      .extracting(call -> call.path("step").asText())
      .containsOnlyOnce("repair");
  }

  @Test
  void aRetryOfPagesThatCouldNotBeReadPaysForThoseAlone() {
    model.behave(call ->
      call.isClassification() ? call.usualReply() : Reply.message("{}", "content_filter")
    );
    var job = jobs.upload(TypedPages.pdf(folder, "refused", 3));
    jobs.ended(job);
    var row = jobs.row(job);
    assertThat(row.path("status").asText()).as("all three: more than the half").isEqualTo("error");
    assertThat(row.path("error").asText()).isEqualTo("TooManyPagesUnread");
    assertThat(row.path("error_message").asText()).startsWith(
      "Too many pages could not be read, 3 of 3: page 1 ("
    );
    assertThat(jobs.docs(job)).as("finished or not, they can be audited").hasSize(3);

    model.behaveAsUsual();
    model.forget();
    var execution = jobs.start(Map.of("jobId", job));
    jobs.ended(execution);
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.row(job).path("error_message").isNull()).isTrue();
    assertThat(classified(model.answered())).isEmpty();
    assertThat(read(model.answered())).hasSize(3);
    assertThat(jobs.row(job).path("cache_hits").asInt()).isEqualTo(3);
  }

  @Test
  void aBatchThatTheModelLabelsWronglyIsAskedForPageByPage() {
    model.behave(call ->
      call.isClassification() && call.images().size() > 1
        ? call.fields(Map.of("pages", List.of()))
        : call.usualReply()
    );
    var job = jobs.upload(TypedPages.pdf(folder, "batch", 3));
    jobs.ended(job);
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.row(job).path("error_message").isNull()).isTrue();
    assertThat(jobs.calls(job))
      .filteredOn(call -> call.path("step").asText().equals("classify"))
      .extracting(call -> call.path("pages").size())
      .containsExactlyInAnyOrder(3, 1, 1, 1);
  }

  @Test
  void tokensAndCostAreSummedOnTheJob() {
    var job = jobs.upload(TypedPages.pdf(folder, "cost", 2));
    jobs.ended(job);
    var row = jobs.row(job);
    assertThat(row.path("model_calls").asInt()).isEqualTo(3);
    assertThat(row.path("input_tokens").asInt()).isEqualTo(3_000);
    assertThat(row.path("output_tokens").asInt()).isEqualTo(300);
    assertThat(row.path("cost_usd").decimalValue()).isEqualByComparingTo("0.009");
    assertThat(model.calls())
      .extracting(Call::authorization)
      .containsOnly("Bearer " + OnStackWithModelServer.KEY);
  }

  // Replays

  @Test
  void aReplayWithANewSchemaVersionKeepsWhatTheRowsSaidAndClassifiesNothing() {
    var job = jobs.upload(TypedPages.pdf(folder, "replay", 2));
    jobs.ended(job);
    var before = jobs.docs(job);
    addUnknownSchema(3);
    model.forget();
    model.behave(call ->
      call.isClassification()
        ? call.usualReply()
        : call.fields(Map.of("text", "again", "language", "en"))
    );
    jobs.ended(jobs.start(Map.of("jobId", job, "replay", Map.of("schemaVersion", 3))));

    var after = jobs.docs(job);
    assertThat(ids(after)).isEqualTo(ids(before));
    assertThat(after).allSatisfy(doc -> {
      assertThat(doc.path("schema_version").asInt()).isEqualTo(3);
      assertThat(doc.at("/ocr_payload/fields/language").asText()).isEqualTo("en");
    });
    assertThat(revisions(before))
      .hasSize(2)
      .allSatisfy(revision -> assertThat(revision.path("schema_version").asInt()).isEqualTo(1));
    assertThat(classified(model.answered())).isEmpty();
    assertThat(read(model.answered())).hasSize(2);
    assertThat(jobs.row(job).path("cache_hits").asInt()).isEqualTo(2);
  }

  @Test
  void aReplayOfOnePageThatIgnoresTheCacheAsksForThatPageAlone() {
    var job = jobs.upload(TypedPages.pdf(folder, "one-page", 3));
    jobs.ended(job);
    var before = jobs.docs(job);
    model.forget();
    model.behave(call ->
      call.isClassification() ? call.usualReply() : call.fields(Map.of("text", "once more"))
    );
    jobs.ended(
      jobs.start(Map.of("jobId", job, "replay", Map.of("pages", List.of(2), "ignoreCache", true)))
    );
    assertThat(model.answered()).hasSize(2);
    assertThat(ids(jobs.docs(job))).isEqualTo(ids(before));
    assertThat(jobs.docs(job).get(1).at("/ocr_payload/fields/text").asText()).isEqualTo(
      "once more"
    );
    assertThat(jobs.docs(job).get(0)).isEqualTo(before.get(0));
    assertThat(jobs.row(job).path("page_count").asInt()).isEqualTo(3);
  }

  @Test
  void aReplayThatCanNotBeMetLeavesItsJobAsItWas() {
    var job = jobs.upload(TypedPages.pdf(folder, "not-so", 1));
    jobs.ended(job);
    var before = jobs.row(job);
    assertThat(failure(Map.of("jobId", job, "replay", Map.of("pages", List.of(9))))).isEqualTo(
      "ReplayInvalid"
    );
    assertThat(failure(Map.of("jobId", job, "replay", Map.of("schemaVersion", 99)))).isEqualTo(
      "SettingInvalid"
    );
    assertThat(failure(Map.of("jobId", job, "replay", Map.of("model", "x")))).isEqualTo(
      "SettingInvalid"
    );
    assertThat(failure(Map.of("jobId", job, "replay", Map.of("model", "anthropic/x"))))
      .as("there is no key")
      .isEqualTo("SettingInvalid");
    assertThat(jobs.row(job)).isEqualTo(before);
  }

  // A model that is down

  @Test
  void twentyThrottledCallsInARowAreWaitedOut() {
    var left = new AtomicInteger(20);
    model.behave(call -> left.getAndDecrement() > 0 ? Reply.error(429) : call.usualReply());
    var job = jobs.upload(TypedPages.pdf(folder, "storm", 1));
    resumeUntilEnded(List.of(job));
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(model.answered()).as("one label, one reading").hasSize(2);
    assertThat(jobs.calls(job))
      .filteredOn(call -> call.path("outcome").asText().equals("ModelThrottled"))
      .hasSize(20);
  }

  @Test
  void anOutageUnderThirtyJobsFailsNoneAndEndsWithoutABurst() throws Exception {
    model.behave(call -> Reply.error(503));
    var files = IntStream.range(0, 30)
      .mapToObj(index -> TypedPages.pdf(folder, "outage-" + index, 1))
      .toList();
    var uploaded = atOnce(files.stream().<Callable<JobId>>map(file -> () -> jobs.upload(file)));
    uploaded.forEach(job -> jobs.has(job, "waiting"));
    // One of them may be trying again by now, by the schedule of the stack.
    assertThat(uploaded)
      .map(jobs::row)
      .filteredOn(row -> row.path("status").asText().equals("waiting"))
      .hasSizeGreaterThan(uploaded.size() / 2)
      .extracting(row -> row.path("waiting_reason").asText())
      .allMatch(reason -> reason.contains("openai/test did not answer"));
    var late = jobs.upload(TypedPages.pdf(folder, "late", 1));
    jobs.has(late, "waiting");
    assertThat(jobs.row(late).path("attempt").asInt()).as("it was not even tried").isZero();
    var all = new ArrayList<>(uploaded);
    all.add(late);
    probeInVain(3);
    assertThat(model.answered()).isEmpty();
    assertThat(all)
      .extracting(job -> jobs.row(job).path("status").asText())
      .doesNotContain("error", "processed");

    model.behaveAsUsual();
    var started = resumeUntilEnded(all);
    assertThat(all)
      .extracting(job -> jobs.row(job).path("status").asText())
      .containsOnly("processed");
    assertThat(read(model.answered())).hasSize(31).doesNotHaveDuplicates();
    assertThat(classified(model.answered())).hasSize(31).doesNotHaveDuplicates();
    // The schedule of the stack may have started a round between two of ours.
    assertThat(started.getFirst()).isLessThanOrEqualTo(2);
    for (int round = 1; round < started.size(); round++) {
      int before = started.subList(0, round).stream().mapToInt(Integer::intValue).max().orElse(1);
      assertThat(started.get(round))
        .as("of %s", started)
        .isLessThanOrEqualTo(4 * before);
    }
  }

  // A database that is down

  @Test
  void thirtySecondsWithoutTheDatabaseAtTheClaimLoseNothing() throws Exception {
    var file = TypedPages.pdf(folder, "no-claim", 2);
    var job = jobs.make(file);
    try (var _ = StoppedDatabase.of(stack)) {
      jobs.upload(job, file);
      Thread.sleep(OUTAGE);
    }
    jobs.ended(job);
    assertAllIsWell(job, 2);
  }

  @Test
  void thirtySecondsWithoutTheDatabaseWhileAPageIsReadPayForNothingTwice() {
    stopTheDatabaseAtTheFirst(not(Call::isClassification));
    var job = jobs.upload(TypedPages.pdf(folder, "no-read", 2));
    jobs.ended(job);
    assertAllIsWell(job, 2);
  }

  @Test
  void thirtySecondsWithoutTheDatabaseWhilePagesAreClassifiedPayForNothingTwice() {
    stopTheDatabaseAtTheFirst(Call::isClassification);
    var job = jobs.upload(TypedPages.pdf(folder, "no-label", 2));
    jobs.ended(job);
    assertAllIsWell(job, 2);
  }

  @Test
  void thirtySecondsWithoutTheDatabaseWhileAnUploadIsSplitLoseNothing() throws Exception {
    var job = jobs.upload(TypedPages.pdf(folder, "no-split", 20));
    jobs.started(job);
    stopTheDatabase();
    jobs.ended(job);
    assertAllIsWell(job, 20);
  }

  @Test
  void thirtySecondsWithoutTheDatabaseWhenThePagesAreReadLeaveOneRowAPage() throws Exception {
    var job = jobs.upload(TypedPages.pdf(folder, "no-rows", 3));
    await()
      .atMost(Duration.ofMinutes(1))
      .pollInterval(Duration.ofMillis(10))
      .until(() -> jobs.row(job).path("read_pages").size() == 3);
    stopTheDatabase();
    jobs.ended(job);
    assertAllIsWell(job, 3);
  }

  /** While the model answers such a call for the first time. */
  private void stopTheDatabaseAtTheFirst(Predicate<Call> wanted) {
    var outages = new AtomicInteger();
    model.behave(call -> {
      if (wanted.test(call) && outages.getAndIncrement() == 0) {
        StoppedDatabase.of(stack).closeAfter(OUTAGE);
      }
      return call.usualReply();
    });
  }

  private void stopTheDatabase() throws InterruptedException {
    try (var _ = StoppedDatabase.of(stack)) {
      Thread.sleep(OUTAGE);
    }
  }

  private void assertAllIsWell(JobId job, int pages) {
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.row(job).path("error_message").isNull()).isTrue();
    assertThat(jobs.docs(job)).hasSize(pages);
    assertThat(read(model.answered())).hasSize(pages);
    assertThat(classified(model.answered())).hasSize(pages);
    assertThat(jobs.row(job).path("model_calls").asInt()).isEqualTo(model.answered().size());
  }

  // Executions that end otherwise

  @Test
  void anExecutionThatIsStoppedEndsItsJobAndARetryGoesOnWithWhatWasRead() {
    var gate = new CountDownLatch(1);
    model.behave(call -> {
      if (!call.isClassification()) {
        pass(gate);
      }
      return call.usualReply();
    });
    var job = jobs.upload(TypedPages.pdf(folder, "stopped", 2));
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> jobs.row(job).path("classified_pages").size() == 2);
    jobs.stopExecution(job);
    jobs.ended(job);
    gate.countDown();
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("error");
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("ExecutionAborted");
    assertThat(jobs.row(job).path("failed_at").isNull()).isFalse();

    jobs.ended(jobs.start(Map.of("jobId", job)));
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(classified(model.answered())).as("classified once").hasSize(2);
  }

  // Long documents

  @Test
  @Order(Integer.MAX_VALUE - 3) // It leaves the settings changed.
  void manyPagesAreReadWhileTheLastOnesAreSplit() throws Exception {
    set("split.limits", limits(2));
    set("classify.batch_size", 2);
    set("concurrency", Map.of("batches", 2, "pages", 2));
    Thread.sleep(OnStackWithModelServer.PACE.of(SettingsService.TTL.plusSeconds(1)));
    var job = jobs.upload(TypedPages.pdf(folder, "many", 11));
    jobs.ended(job);
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(jobs.docs(job))
      .hasSize(11)
      .allSatisfy(doc -> assertThat(doc.path("error").isNull()).isTrue());
    assertThat(classified(model.answered())).hasSize(11).doesNotHaveDuplicates();
    assertThat(read(model.answered())).hasSize(11).doesNotHaveDuplicates();
    assertThat(jobs.history(job))
      .filteredOn(event -> event.stateEnteredEventDetails() != null)
      .extracting(event -> event.stateEnteredEventDetails().name())
      .contains("SplitOnAndRead", "Persist")
      .doesNotContain("ReadBatches");
  }

  @Test
  @Order(Integer.MAX_VALUE - 2) // It leaves the settings changed.
  void whatEndsTheSplitWhilePagesAreReadIsTheJobsErrorAndTheyHaveTheirRows() throws Exception {
    set("split.limits", limits(2));
    set("failure_policy", Map.of("onPageFailure", "fatal", "maxFailedShare", 0));
    set("classify.batch_size", 2);
    set("concurrency", Map.of("batches", 1, "pages", 1));
    Thread.sleep(OnStackWithModelServer.PACE.of(SettingsService.TTL.plusSeconds(1)));
    var job = jobs.upload(TypedPages.pdfWhosePageIsTooLarge(folder, "too-large", 9, 6));
    jobs.ended(job);
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("error");
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("PageUndrawable.TooManyPixels");
    assertThat(jobs.row(job).path("error_message").asText()).startsWith("Page 6 has ");
    assertThat(jobs.docs(job))
      .extracting(doc -> doc.path("page_number").asInt())
      .startsWith(1, 2)
      .doesNotContain(6, 7, 8, 9);
    set("split.limits", limits(50));
    set("failure_policy", Map.of("onPageFailure", "continue", "maxFailedShare", 0.5));
    set("classify.batch_size", 4);
  }

  private static Map<String, Object> limits(int inlinePages) {
    return Map.of(
      "maxBytes",
      100 << 20,
      "maxPages",
      1000,
      "inlinePages",
      inlinePages,
      "maxPixels",
      60_000_000,
      "renderDpi",
      200
    );
  }

  // Settings

  @Test
  @Order(Integer.MAX_VALUE - 1) // It leaves the settings changed.
  void noMorePagesAreReadAtOnceThanTheSettingSays() throws Exception {
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    model.behave(call -> {
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      pause();
      atOnce.decrementAndGet();
      return call.usualReply();
    });
    set("concurrency", Map.of("batches", 1, "pages", 1));
    Thread.sleep(OnStackWithModelServer.PACE.of(SettingsService.TTL.plusSeconds(1)));
    jobs.ended(jobs.upload(TypedPages.pdf(folder, "one-by-one", 6)));
    assertThat(read(model.answered())).hasSize(6);
    assertThat(most).hasValue(1);
    set("concurrency", Map.of("batches", 4, "pages", 4));
  }

  @Test
  @Order(Integer.MAX_VALUE) // It leaves the settings changed.
  void aSettingThatIsChangedCountsForTheJobsAfterItsTimeToLiveAndForNoJobUnderWay()
    throws Exception {
    var gate = new CountDownLatch(1);
    model.behave(call -> {
      if (call.isClassification()) {
        pass(gate);
        return call.usualReply();
      }
      return Reply.message("{}", "content_filter");
    });
    var before = jobs.upload(TypedPages.pdf(folder, "under-way", 2));
    jobs.started(before);
    set("failure_policy", Map.of("onPageFailure", "fatal", "maxFailedShare", 0));
    // Settings are read again when they are a minute old.
    Thread.sleep(OnStackWithModelServer.PACE.of(SettingsService.TTL.plusSeconds(1)));
    gate.countDown();
    jobs.ended(before);
    assertThat(jobs.row(before).path("error").asText())
      .as("under way by the old policy")
      .isEqualTo("TooManyPagesUnread");

    var read = new HashSet<String>();
    model.behave(call -> {
      if (call.isClassification()) {
        return call.usualReply();
      }
      boolean isFirst;
      synchronized (read) {
        isFirst = read.isEmpty();
        read.addAll(call.images());
      }
      if (isFirst) {
        return call.usualReply();
      }
      pause();
      return Reply.message("{}", "content_filter");
    });
    var after = jobs.upload(TypedPages.pdf(folder, "after", 3));
    jobs.ended(after);
    assertThat(jobs.row(after).path("error").asText()).isEqualTo("ModelRefused");
    assertThat(jobs.docs(after))
      .filteredOn(doc -> doc.path("error").isNull())
      .as("the page that was read is kept")
      .hasSize(1);
    var failed = jobs.failedExecution(after);
    assertThat(failed.type()).isEqualTo(HistoryEventType.EXECUTION_FAILED);
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Does what the schedule does, more often; gives how many jobs were started each time. */
  private List<Integer> resumeUntilEnded(List<JobId> waiting) {
    var started = new ArrayList<Integer>();
    await()
      .atMost(Duration.ofMinutes(5))
      .pollInterval(POLL)
      .until(() -> {
        int now = jobs.invoke("ResumeHandler", Map.of()).path("started").size();
        if (now > 0) {
          started.add(now);
        }
        return waiting
          .stream()
          .allMatch(job ->
            Set.of("processed", "error").contains(jobs.row(job).path("status").asText())
          );
      });
    return started;
  }

  /** Does what the schedule does until so many jobs more have found the model still down. */
  private void probeInVain(int times) {
    int before = openings();
    await()
      .atMost(Duration.ofMinutes(5))
      .pollInterval(POLL)
      .until(() -> {
        jobs.invoke("ResumeHandler", Map.of());
        return openings() >= before + times;
      });
  }

  /** How often in a row the model's breaker has opened. */
  private int openings() {
    return stack
      .database()
      .supabase()
      .selectOne("ModelBreaker", Map.of("model_id", "eq.openai/test"))
      .orElseThrow()
      .path("openings")
      .asInt();
  }

  private String failure(Object input) {
    return jobs.ended(jobs.start(input)).executionFailedEventDetails().error();
  }

  /** The event of an object that is there, or of one that is not. */
  private Map<String, Object> event(String key) {
    try (var s3 = stack.s3()) {
      var versions = s3
        .listObjectVersions(request -> request.bucket(stack.outputs().uploadBucket()).prefix(key))
        .versions();
      return versions.isEmpty()
        ? event(key, "none", "none")
        : event(key, versions.getFirst().versionId(), versions.getFirst().eTag());
    }
  }

  private Map<String, Object> event(String key, String version, String etag) {
    var object = Map.of("key", key, "version-id", version, "etag", etag.replace("\"", ""));
    var bucket = Map.of("name", stack.outputs().uploadBucket());
    return Map.of(
      "source",
      "aws.s3",
      "detail-type",
      "Object Created",
      "detail",
      Map.of("bucket", bucket, "object", object)
    );
  }

  private static <T> List<T> atOnce(Stream<Callable<T>> calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var result : threads.invokeAll(calls.toList())) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static List<String> read(List<Call> calls) {
    return calls
      .stream()
      .filter(call -> !call.isClassification())
      .flatMap(call -> call.images().stream())
      .toList();
  }

  private static List<String> classified(List<Call> calls) {
    return calls
      .stream()
      .filter(Call::isClassification)
      .flatMap(call -> call.images().stream())
      .toList();
  }

  private static List<String> ids(List<JsonNode> docs) {
    return docs
      .stream()
      .map(doc -> doc.path("id").asText())
      .toList();
  }

  private List<JsonNode> revisions(List<JsonNode> docs) {
    return docs
      .stream()
      .flatMap(doc ->
        stack
          .database()
          .supabase()
          .select(
            "DocRevision",
            "replaced_at.asc",
            Map.of("doc_id", "eq." + doc.path("id").asText())
          )
          .stream()
      )
      .toList();
  }

  private void addUnknownSchema(int version) {
    var supabase = stack.database().supabase();
    var schema = Map.of(
      "type",
      "object",
      "required",
      List.of("text", "language"),
      "properties",
      Map.of("text", Map.of("type", "string"), "language", Map.of("type", "string"))
    );
    supabase.insert(
      "DocTypeSchema",
      Map.of(
        "doc_type",
        "unknown",
        "version",
        version,
        "schema",
        schema,
        "prompt",
        "Give the text and its language.",
        "prompt_version",
        "unknown-" + UUID.randomUUID()
      )
    );
  }

  private void set(String key, Object value) {
    stack
      .database()
      .supabase()
      .upsert("Settings", Map.of("key", key, "value", value));
  }
}
