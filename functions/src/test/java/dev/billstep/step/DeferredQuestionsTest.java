package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.InMemoryPages;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Sha256;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.InMemorySentQuestions;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelRefused;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.NoKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageUnsendable;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.Usage;
import dev.billstep.settings.FailurePolicy;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsSamples;
import dev.billstep.watch.AbandonedBatches;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs that may wait: what is asked by the provider's batch interface, and what is not. */
class DeferredQuestionsTest {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");

  private final InMemoryPages pages = new InMemoryPages();
  private final Map<UUID, ModelCall> ledger = new LinkedHashMap<>();
  private final Provider provider = new Provider();
  private final PageModels models = new PageModels(List.of(provider), new NoKeys());
  private final InMemorySentQuestions outstanding = new InMemorySentQuestions();
  private Instant now = Instant.parse("2027-01-01T14:02:00Z");
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final Classify classify = new Classify(
    pages,
    models,
    jobs,
    this::note,
    (job, step, numbers, model) -> new UnansweredCalls.Tally(0, 0),
    Optional.empty()
  );
  private final Defer defer = new Defer(pages, models, classify, outstanding, () -> now);
  private final Collect collect = new Collect(pages, models, outstanding, () -> now);
  private final Read read = new Read(
    pages,
    models,
    jobs,
    this::note,
    (job, step, numbers, model) -> new UnansweredCalls.Tally(0, 0),
    new PrintedWords(pages, Optional.empty()),
    new FieldChecks(() -> now)
  );

  @Test
  void pagesAreClassifiedAtOnceAndTheirQuestionsSentTogether() {
    var run = run(1);
    assertThat(
      defer.defer(run, manifest("a", "b", "c"), List.of(List.of(1, 2), List.of(3)))
    ).isEqualTo(new Deferred("waiting", 60));
    assertThat(provider.sent).containsExactly(List.of("a", "b", "c"));
    assertThat(provider.calls).containsExactlyInAnyOrder("classify 1,2", "classify 3");
    assertThat(outstanding.leases()).containsExactly(Claim.LEASE);
  }

  @Test
  void whatABatchHasAnsweredIsReadFromItAtHalfThePriceAndNobodyIsAsked() {
    var run = run(1);
    var manifest = manifest("a", "b");
    defer.defer(run, manifest, List.of(List.of(1, 2)));
    provider.state = BatchInterface.State.OVER;
    assertThat(collect.collect(run)).isEqualTo(Deferred.ANSWERED);
    provider.calls.clear();
    assertThat(read.read(run, manifest, 1)).isTrue();
    assertThat(provider.calls).isEmpty();
    var call = calls("read").getFirst();
    assertThat(call.batch()).contains("batch-1");
    assertThat(call.outcome()).isEqualTo(ModelCall.OK);
    // 100 tokens in and 10 out, at 3 and 15 dollars a million, are 0.00045 when they are asked at once.
    assertThat(call.costUsd()).isEqualByComparingTo(new BigDecimal("0.000225"));
  }

  /** The answer was stored, the note of it lost, and so on: it is one call. */
  @Test
  void anAnswerIsPaidOnceHoweverOftenItIsTaken() {
    var run = run(1);
    var manifest = manifest("a");
    defer.defer(run, manifest, List.of(List.of(1)));
    provider.state = BatchInterface.State.OVER;
    collect.collect(run);
    collect.collect(run);
    provider.answers.put("a", "{\"text\": 1}");
    provider.repaired = "{\"text\": 1}";
    read.read(run(1), manifest, 1);
    assertThat(calls("read")).hasSize(1);
  }

  @Test
  void whatABatchHasNotAnsweredIsAskedOneByOneAtTheUsualPrice() {
    var run = run(1);
    var manifest = manifest("a", "b");
    defer.defer(run, manifest, List.of(List.of(1, 2)));
    provider.state = BatchInterface.State.OVER;
    provider.unanswered.add("b");
    collect.collect(run);
    provider.calls.clear();
    read.read(run, manifest, 1);
    read.read(run, manifest, 2);
    assertThat(provider.calls).containsExactly("read 2");
    assertThat(calls("read"))
      .extracting(ModelCall::batch)
      .containsExactly(Optional.of("batch-1"), Optional.empty());
  }

  @Test
  void aLostBatchIsAskedOneByOne() {
    var run = run(1);
    var manifest = manifest("a");
    defer.defer(run, manifest, List.of(List.of(1)));
    provider.state = BatchInterface.State.LOST;
    assertThat(collect.collect(run)).isEqualTo(Deferred.ANSWERED);
    read.read(run, manifest, 1);
    assertThat(provider.calls).contains("read 1");
    assertThat(outstanding.of(JOB)).isEmpty();
  }

  @Test
  void anAnswerThatIsLookedForLaterAndLaterKeepsTheJob() {
    var run = run(1);
    defer.defer(run, manifest("a"), List.of(List.of(1)));
    var waits = new ArrayList<Long>();
    for (int look = 0; look < 7; look++) {
      var next = collect.collect(run).waitSeconds();
      waits.add(next);
      now = now.plusSeconds(next);
    }
    assertThat(waits).containsExactly(60L, 60L, 120L, 240L, 480L, 900L, 900L);
    assertThat(outstanding.leases()).hasSize(8).containsOnly(Claim.LEASE);
  }

  @Test
  void aBatchThatIsLateIsCancelledAndWhatItHasIsTaken() {
    var run = run(1);
    defer.defer(run, manifest("a"), List.of(List.of(1)));
    now = now.plus(Duration.ofHours(24));
    collect.collect(run);
    assertThat(provider.cancelled).isEmpty();
    now = now.plus(Duration.ofMinutes(61));
    assertThat(collect.collect(run).outcome()).isEqualTo("waiting");
    assertThat(provider.cancelled).containsExactly("batch-1");
    provider.state = BatchInterface.State.OVER;
    collect.collect(run);
    provider.calls.clear();
    read.read(run, manifest("a"), 1);
    assertThat(provider.calls).isEmpty();
  }

  @Test
  void aBatchThatNeverComesBackIsNotWaitedForAnyLonger() {
    var run = run(1);
    defer.defer(run, manifest("a"), List.of(List.of(1)));
    now = now.plus(Duration.ofHours(26)).plusSeconds(1);
    assertThat(collect.collect(run)).isEqualTo(Deferred.ANSWERED);
    assertThat(outstanding.of(JOB)).isEmpty();
  }

  /** Its function was killed, or its lease ran out: the batch is the job's, not the run's. */
  @Test
  void anotherRunWaitsForTheBatchThatTheOneBeforeHasSent() {
    defer.defer(run(1), manifest("a", "b"), List.of(List.of(1, 2)));
    assertThat(defer.defer(run(2), manifest("a", "b"), List.of(List.of(1, 2))).outcome()).isEqualTo(
      "waiting"
    );
    assertThat(provider.sent).hasSize(1);
  }

  @Test
  void anotherRunSendsWhatTheOneBeforeDidNotComeTo() {
    provider.mostBytes = 1;
    provider.failsFrom = 2;
    var run = run(1);
    assertThatThrownBy(() ->
      defer.defer(run, manifest("a", "b", "c"), List.of(List.of(1, 2, 3)))
    ).isInstanceOf(ModelUnavailable.class);
    provider.failsFrom = Integer.MAX_VALUE;
    defer.defer(run(2), manifest("a", "b", "c"), List.of(List.of(1, 2, 3)));
    assertThat(provider.sent).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  void aNewVersionOfTheUploadStopsWhatWasAskedOfTheOld() {
    defer.defer(run(1), manifest("a"), List.of(List.of(1)));
    defer.defer(run(2), manifest("z"), List.of(List.of(1)));
    assertThat(provider.cancelled).containsExactly("batch-1");
    assertThat(provider.sent).containsExactly(List.of("a"), List.of("z"));
  }

  @Test
  void pagesThatAreTheSameAreAskedOnce() {
    defer.defer(run(1), manifest("a", "a"), List.of(List.of(1, 2)));
    assertThat(provider.sent).containsExactly(List.of("a"));
  }

  @Test
  void aJobWhosePagesAreAllReadWaitsForNothing() {
    var run = run(1);
    var manifest = manifest("a");
    classify.classify(run, manifest, List.of(1));
    read.read(run, manifest, 1);
    assertThat(defer.defer(run(2), manifest, List.of(List.of(1)))).isEqualTo(Deferred.ANSWERED);
    assertThat(provider.sent).isEmpty();
  }

  @Test
  void aPageThatCantBeSentIsLeftToWhoReadsIt() {
    provider.unsendable.add("b");
    defer.defer(run(1), manifest("a", "b"), List.of(List.of(1, 2)));
    assertThat(provider.sent).containsExactly(List.of("a"));
  }

  /** Otherwise a retry would meet the same refusal for ever. */
  @Test
  void anAnswerThatIsOfNoUseIsNotUsedAgain() {
    var run = run(1);
    var manifest = manifest("a");
    defer.defer(run, manifest, List.of(List.of(1)));
    provider.state = BatchInterface.State.OVER;
    collect.collect(run);
    provider.isRefused = true;
    assertThat(read.read(run, manifest, 1)).isFalse();
    provider.calls.clear();
    read.read(run(2), manifest, 1);
    assertThat(provider.calls).containsExactly("read 1");
  }

  @Test
  void whatAJobHasLeftBehindIsStopped() {
    defer.defer(run(1), manifest("a"), List.of(List.of(1)));
    var watch = new AbandonedBatches(outstanding, models);
    assertThat(watch.stop().jobs()).isEmpty();
    outstanding.endJobs();
    assertThat(watch.stop().jobs()).containsExactly(JOB);
    assertThat(provider.cancelled).containsExactly("batch-1");
    assertThat(watch.stop().jobs()).isEmpty();
  }

  @Test
  void aModelWithoutABatchInterfaceIsRefusedWithASentence() {
    provider.hasBatches = false;
    assertThatThrownBy(() -> defer.defer(run(1), manifest("a"), List.of(List.of(1))))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("\"scripted\" has no batch interface");
  }

  private List<ModelCall> calls(String step) {
    return ledger
      .values()
      .stream()
      .filter(call -> call.step().equals(step))
      .toList();
  }

  private void note(JobId jobId, List<ModelCall> calls) {
    calls.forEach(call -> ledger.put(call.id(), call));
  }

  private JobRun run(int attempt) {
    JobSettings settings = SettingsSamples.thatMayWait(
      new FailurePolicy(OnPageFailure.CONTINUE, 1)
    );
    var upload = new UploadedObject("bucket", "key", Optional.empty(), "etag");
    var snapshot = pages.storeRecord(JOB, "settings", Json.bytes(settings));
    return new JobRun(JOB, USER, "token-" + attempt, attempt, upload, snapshot);
  }

  private URI manifest(String... contents) {
    var refs = IntStream.rangeClosed(1, contents.length)
      .mapToObj(number -> page(number, contents[number - 1]))
      .toList();
    return pages.storeRecord(
      JOB,
      "manifest-" + String.join("", contents),
      Json.bytes(new Manifest(JOB, refs))
    );
  }

  private PageRef page(int number, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return new PageRef(number, Sha256.of(bytes), pages.storePage(JOB, bytes), Optional.empty());
  }

  /** Answers as it is told, and notes what it was asked. */
  private static final class Provider implements PageModelProvider, PageModel, BatchInterface {

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<List<String>> sent = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private final List<String> unsendable = new ArrayList<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final Map<String, String> pagesById = new LinkedHashMap<>();
    private String repaired = "{\"text\": \"hello\"}";
    private State state = State.AT_WORK;
    private boolean hasBatches = true;
    private boolean isRefused;
    private int mostBytes = 100;
    private int failsFrom = Integer.MAX_VALUE;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Optional<String> keyName() {
      return Optional.empty();
    }

    @Override
    public PageModel open(ModelSettings settings, ModelKeys keys) {
      return this;
    }

    @Override
    public Optional<BatchInterface> openBatches(ModelSettings settings, ModelKeys keys) {
      return hasBatches ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Labels classify(List<PageImage> shown, Prompt prompt) {
      var numbers = shown
        .stream()
        .map(page -> "" + page.number())
        .toList();
      calls.add("classify " + String.join(",", numbers));
      return new Labels(
        shown
          .stream()
          .map(page -> new Label(DocType.BILL, 0.9))
          .toList(),
        Usage.NONE
      );
    }

    @Override
    public Answer read(PageImage page, DocTypeSchema schema) {
      calls.add("read " + page.number());
      return answer("{\"text\": \"hello\"}");
    }

    @Override
    public Answer repair(
      PageImage page,
      DocTypeSchema schema,
      Answer first,
      List<String> problems
    ) {
      calls.add("repair " + page.number());
      return answer(repaired);
    }

    private static Answer answer(String fields) {
      return new Answer(
        Json.read(fields),
        "",
        List.of(),
        new Usage(100, 10, 0, 0, Optional.empty())
      );
    }

    @Override
    public int mostBytes() {
      return mostBytes;
    }

    @Override
    public byte[] question(String id, PageImage page, DocTypeSchema schema) {
      var content = new String(page.bytes(), StandardCharsets.UTF_8);
      if (unsendable.contains(content)) {
        throw new PageUnsendable(page.number(), "no picture");
      }
      pagesById.put(id, content);
      return page.bytes();
    }

    @Override
    public String send(List<byte[]> questions) {
      if (sent.size() + 1 >= failsFrom) {
        throw new ModelUnavailable("scripted/one", new IOException("down"));
      }
      sent.add(
        questions
          .stream()
          .map(question -> new String(question, StandardCharsets.UTF_8))
          .toList()
      );
      return "batch-" + sent.size();
    }

    @Override
    public State state(String batch) {
      return state;
    }

    @Override
    public void answers(String batch, List<String> ids, BiConsumer<String, JsonNode> taker) {
      ids
        .stream()
        .filter(id -> !unanswered.contains(pagesById.get(id)))
        .forEach(id -> taker.accept(id, Json.read("{\"text\": \"hello\"}")));
    }

    @Override
    public void cancel(String batch) {
      cancelled.add(batch);
    }

    @Override
    public Answer answer(PageImage page, DocTypeSchema schema, JsonNode given) {
      if (isRefused) {
        throw new ModelRefused("scripted/one", "because", Usage.NONE);
      }
      var content = new String(page.bytes(), StandardCharsets.UTF_8);
      return answer(answers.getOrDefault(content, Json.text(given)));
    }
  }
}
