package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doc.Doc;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.CaughtError;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.InMemoryPages;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageNotSplitYet;
import dev.billstep.page.PageRef;
import dev.billstep.page.Picture;
import dev.billstep.page.SeenWord;
import dev.billstep.page.Sha256;
import dev.billstep.page.StorageUnavailable;
import dev.billstep.page.Word;
import dev.billstep.reading.BatchFailure;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.ModelRefused;
import dev.billstep.reading.ModelUnavailable;
import dev.billstep.reading.NoKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.reading.PageModel.Label;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Reading;
import dev.billstep.reading.ResultAddress;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.UnreadPage;
import dev.billstep.reading.Usage;
import dev.billstep.reading.Witness;
import dev.billstep.reading.WordRules;
import dev.billstep.settings.FailurePolicy;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SentImage;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsSamples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingPagesTest {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");

  private final InMemoryPages pages = new InMemoryPages();
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final Map<UUID, ModelCall> ledger = new LinkedHashMap<>();
  private UnansweredCalls.Tally tally = new UnansweredCalls.Tally(0, 0);
  private final Scripted model = new Scripted();
  private final PageModels models = new PageModels(List.of(model), new NoKeys());
  private final FieldChecks checks = new FieldChecks(() -> Instant.parse("2027-01-01T00:00:00Z"));
  private final Classify classifyPages = new Classify(
    pages,
    models,
    jobs,
    this::note,
    (job, step, numbers, model) -> tally,
    Optional.of(new TitleRules())
  );
  private final Eye witness = new Eye();
  private final PrintedWords printed = new PrintedWords(pages, Optional.of(witness));
  private final Read readPage = new Read(
    pages,
    models,
    jobs,
    this::note,
    (job, step, numbers, model) -> tally,
    printed,
    checks
  );

  @Test
  void aBatchIsClassifiedInOneCall() {
    var run = run(SettingsSamples.settings());
    classifyPages.classify(run, manifest("a", "b", "c"), List.of(1, 2, 3));
    assertThat(model.calls).containsExactly("classify 1,2,3");
    assertThat(jobs.classified()).containsExactly(1, 2, 3);
  }

  @Test
  void ofABatchNoMoreIsShownAtOnceThanMemoryHasRoomFor() {
    var run = run(SettingsSamples.settings());
    int bytes = 24 << 20;
    var manifest = manifest("a".repeat(bytes), "b".repeat(bytes), "c".repeat(bytes));
    assertThat(classifyPages.classify(run, manifest, List.of(1, 2, 3))).containsExactly(1, 2, 3);
    assertThat(model.calls).containsExactly("classify 1,2", "classify 3");
  }

  @Test
  void aBatchWhosePagesAreNotSplitYetIsAskedForAgain() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b");
    assertThatThrownBy(() -> classifyPages.classify(run, manifest, List.of(2, 3)))
      .isInstanceOf(PageNotSplitYet.class)
      .hasMessageContaining("Page 3");
    assertThat(model.calls).isEmpty();
  }

  @Test
  void noPageIsWaitedForThatNeverComes() {
    var run = run(SettingsSamples.settings());
    new NoteFailure(pages).note(run, new BatchFailure("dev.billstep.page.UploadRejected", "why"));
    assertThat(classifyPages.classify(run, manifest("a", "b"), List.of(2, 3))).isEmpty();
    assertThat(model.calls).isEmpty();
  }

  @Test
  void aPageWithoutAnImageIsInNobodysQuestion() {
    var run = run(SettingsSamples.settings());
    var why = PageRef.undrawn(2, "why", pages.storeRecord(JOB, "why", new byte[0]));
    var manifest = manifest(page(1, "a"), why, page(3, "c"));
    assertThat(classifyPages.classify(run, manifest, List.of(1, 2, 3))).containsExactly(1, 3);
    assertThat(model.calls).containsExactly("classify 1,3");
  }

  @Test
  void aRetryAsksOnlyForPagesWithoutAClassification() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b", "c");
    classifyPages.classify(run, manifest, List.of(1, 2));
    classifyPages.classify(run, manifest, List.of(1, 2, 3));
    classifyPages.classify(run, manifest, List.of(1, 2, 3));
    assertThat(model.calls).containsExactly("classify 1,2", "classify 3");
  }

  @Test
  void nobodyElseIsAskedWhatAPageIsThatAPersonHasNamed() {
    var named = Map.of(Sha256.of("b"), DocType.EWAY_BILL);
    var run = run(SettingsSamples.settings().withTypes(named));
    var manifest = manifest("a", "b");
    classifyPages.classify(run, manifest, List.of(1, 2));
    readPage.read(run, manifest, 2);
    assertThat(model.calls).containsExactly("classify 1", "read 2 eway_bill");
    assertThat(jobs.classified()).containsExactly(1, 2);
  }

  @Test
  void aPageIsReadOnceHoweverOftenItIsAskedFor() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    readPage.read(run, manifest, 1);
    readPage.read(run, manifest, 1);
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill");
    assertThat(jobs.read()).containsExactly(1);
  }

  @Test
  void whateverMakesAQuestionIsInItsAddress() {
    var settings = SettingsSamples.settings();
    var page = new PageRef(1, Sha256.of("a"), URI.create("memory:/a"), Optional.empty());
    var withWords = new PageRef(
      1,
      Sha256.of("a"),
      URI.create("memory:/a"),
      Optional.of(URI.create("memory:/words"))
    );
    var schema = settings.schemaOf(DocType.BILL);
    var otherModel = SettingsSamples.with(
      ModelSettings.of("scripted", "two"),
      SettingsSamples.POLICY
    );
    assertThat(
      List.of(
        ResultAddress.reading(page, settings, schema),
        ResultAddress.reading(page, otherModel, schema),
        ResultAddress.reading(page, settings, SettingsSamples.schema(DocType.BILL, 2)),
        ResultAddress.reading(page, settings, SettingsSamples.schema(DocType.EWAY_BILL, 1)),
        ResultAddress.classification(page, settings),
        ResultAddress.classification(page, otherModel),
        ResultAddress.reading(page, settings.withResultsOf("attempt-2"), schema),
        ResultAddress.reading(page, of("baseUrl", "https://models.example/v1"), schema),
        ResultAddress.classification(page, of("baseUrl", "https://models.example/v1")),
        ResultAddress.reading(page, of("temperature", 0.5), schema),
        ResultAddress.reading(page, of("image", new SentImage(1_000, Picture.Format.JPEG)), schema),
        ResultAddress.reading(page, of("image", new SentImage(2_000, Picture.Format.PNG)), schema),
        ResultAddress.reading(page, of("effort", "low"), schema),
        ResultAddress.reading(page, of("contextTokens", 32_768), schema),
        ResultAddress.reading(page, of("textLayer", "beside"), schema),
        ResultAddress.classification(page, of("classifyModel", "scripted/small")),
        ResultAddress.classification(page, of("classifyByWords", 0.9)),
        ResultAddress.reading(page, settings, with(schema, new Prompt("bill-1", "Read it well."))),
        ResultAddress.reading(page, settings, with(schema, Json.mapper().createObjectNode())),
        ResultAddress.reading(withWords, settings, schema)
      )
    ).doesNotHaveDuplicates();
  }

  private static JobSettings of(String key, Object value) {
    ObjectNode model = Json.mapper().valueToTree(SettingsSamples.MODEL);
    model.set(key, Json.mapper().valueToTree(value));
    return SettingsSamples.with(
      Json.mapper().convertValue(model, ModelSettings.class),
      SettingsSamples.POLICY
    );
  }

  private static DocTypeSchema with(DocTypeSchema schema, Prompt prompt) {
    return new DocTypeSchema(schema.docType(), schema.version(), schema.schema(), prompt);
  }

  private static DocTypeSchema with(DocTypeSchema schema, JsonNode fields) {
    return new DocTypeSchema(schema.docType(), schema.version(), fields, schema.prompt());
  }

  @Test
  void whatDoesNotChangeTheQuestionDoesNotChangeItsAddress() {
    var page = new PageRef(1, Sha256.of("a"), URI.create("memory:/a"), Optional.empty());
    var settings = SettingsSamples.settings();
    var schema = settings.schemaOf(DocType.BILL);
    assertThat(
      List.of(
        ResultAddress.reading(page, of("classifyModel", "scripted/small"), schema),
        ResultAddress.reading(page, of("classifyByWords", 0.9), schema)
      )
    ).containsOnly(ResultAddress.reading(page, settings, schema));
    assertThat(ResultAddress.classification(page, of("textLayer", "beside"))).isEqualTo(
      ResultAddress.classification(page, settings)
    );
  }

  @Test
  void anotherModelMayClassifyAndIsNotedAndPaidAsItself() {
    var settings = of("classifyModel", "scripted/small");
    var run = run(settings);
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    readPage.read(run, manifest, 1);
    assertThat(ledger.values())
      .extracting(ModelCall::step, ModelCall::modelId)
      .containsExactly(tuple("classify", "scripted/small"), tuple("read", "scripted/one"));
    assertThat(ledger.values())
      .extracting(call -> call.costUsd().signum())
      .as("no price is known of the small one")
      .containsExactly(0, 1);
    var page = Manifest.load(pages, manifest).page(1);
    assertThat(new PageResults(pages).classification(JOB, page, settings)).hasValueSatisfying(
      known -> assertThat(known.modelId()).isEqualTo("scripted/small")
    );
  }

  @Test
  void aPageWhoseWordsArePlainIsClassifiedWithoutAModel() {
    var run = run(of("classifyByWords", 0.9));
    var manifest = manifest(page(1, "a", "TAX", "INVOICE"), page(2, "b", "Nothing"), page(3, "c"));
    assertThat(classifyPages.classify(run, manifest, List.of(1, 2, 3))).containsExactly(1, 2, 3);
    assertThat(model.calls).containsExactly("classify 2,3");
    assertThat(ledger.values())
      .extracting(ModelCall::modelId, ModelCall::pages, ModelCall::inputTokens)
      .containsExactlyInAnyOrder(
        tuple("rules/titles", List.of(1), 0),
        tuple("scripted/one", List.of(2, 3), 100)
      );
    classifyPages.classify(run, manifest, List.of(1, 2, 3));
    assertThat(ledger).hasSize(2);
  }

  @Test
  void wordsThatNobodyHasRulesForAreSaidToBe() {
    var without = new Classify(
      pages,
      models,
      jobs,
      this::note,
      (job, step, numbers, model) -> tally,
      Optional.empty()
    );
    var run = run(of("classifyByWords", 0.9));
    var manifest = manifest(page(1, "a", "TAX", "INVOICE"));
    assertThatThrownBy(() -> without.classify(run, manifest, List.of(1)))
      .isInstanceOf(SettingInvalid.class)
      .hasMessageContaining("classifyByWords");
  }

  @Test
  void aJobIsPutAsideForTheModelThatDoesNotAnswer() {
    var run = run(of("classifyModel", "scripted/small"));
    var park = new Park(jobs, pages);
    for (var id : List.of("scripted/small", "scripted/one")) {
      var down = new ModelUnavailable(id, new IOException("down"));
      park.park(run, new CaughtError("ModelUnavailable", String.valueOf(down.getMessage())));
      assertThat(jobs.failure()).startsWith("waits for " + id + ":");
    }
  }

  @Test
  void whereAnAnswerDoesNotFitItsBatchThePagesAreAskedForOneByOne() {
    model.labels = 1;
    var run = run(SettingsSamples.settings());
    var classified = classifyPages.classify(run, manifest("a", "b"), List.of(1, 2));
    assertThat(model.calls).containsExactly("classify 1,2", "classify 1", "classify 2");
    assertThat(classified).containsExactly(1, 2);
  }

  @Test
  void aPageThatTheModelRefusesIsGivenUpAndTheOthersGoOn() {
    model.refused.add(2);
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b", "c");
    assertThat(classifyPages.classify(run, manifest, List.of(1, 2, 3))).containsExactly(1, 3);
    assertThat(UnreadPage.find(pages, run, 2)).hasValueSatisfying(unread ->
      assertThat(unread.sentence()).contains("scripted/one refused the page (because)")
    );
    assertThat(jobs.classified()).containsExactly(1, 3);
  }

  @Test
  void aPageOfATypeThatIsNotRolledOutIsUnknown() {
    var run = run(SettingsSamples.without(DocType.BILL));
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    assertThat(readPage.read(run, manifest, 1)).isTrue();
    assertThat(model.calls).containsExactly("classify 1", "read 1 unknown");
  }

  @Test
  void underTheFatalPolicyTheFirstPageThatFailsEndsTheStep() {
    model.refused.add(2);
    var fatal = new FailurePolicy(OnPageFailure.FATAL, 0);
    var run = run(SettingsSamples.with(SettingsSamples.MODEL, fatal));
    var manifest = manifest("a", "b", "c");
    assertThatThrownBy(() -> classifyPages.classify(run, manifest, List.of(1, 2, 3))).isInstanceOf(
      ModelRefused.class
    );
  }

  @Test
  void fieldsThatDoNotSatisfyTheSchemaAreShownToTheModelOnceAndThenKept() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.fields = "{\"text\": [7]}";
    model.repaired = "{\"text\": \"seven\"}";
    assertThat(readPage.read(run, manifest, 1)).isTrue();
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill", "repair 1 /text");
    assertThat(readPage.read(run, manifest, 1)).isTrue();
    assertThat(model.calls).hasSize(3);
  }

  @Test
  void fieldsThatCanNotBeRepairedAreKeptWithTheirProblemsForTheReviewer() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.fields = "{\"text\": [7]}";
    model.repaired = "{\"text\": [8]}";
    assertThat(readPage.read(run, manifest, 1)).isFalse();
    var unread = UnreadPage.find(pages, run, 1).orElseThrow();
    assertThat(unread.error()).isEqualTo("ModelAnswerInvalid");
    assertThat(unread.sentence()).contains("Page 1 could not be read", "/text");
    assertThat(unread.rejected().orElseThrow().fields().at("/text/0").asInt()).isEqualTo(8);
    assertThat(jobs.read()).isEmpty();

    model.repaired = "{\"text\": \"eight\"}";
    assertThat(readPage.read(run, manifest, 1))
      .as("a retry asks again")
      .isTrue();
  }

  @Test
  void aTableThatWasCutShortIsAskedForOnceMore() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    var total = ", \"taxable_total\": 100, \"text\": \"x\"}";
    model.fields = "{\"line_items\": [{\"taxable_value\": 10}]" + total;
    model.repaired = "{\"line_items\": [{\"taxable_value\": 10}, {\"taxable_value\": 90}]" + total;
    readPage.read(run, manifest, 1);
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill", "repair 1 /line_items");
    assertThat(ledger.values()).extracting(ModelCall::step).contains("reread");
    assertThat(reading(run, manifest).fields().path("line_items")).hasSize(2);
  }

  @Test
  void whatStillDoesNotAddUpIsAFindingAndTheFirstAnswerIsKept() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.fields =
      "{\"line_items\": [{\"taxable_value\": 10}], \"taxable_total\": 100, \"text\": \"x\"}";
    model.repaired = "{\"line_items\": [], \"text\": [7]}";
    readPage.read(run, manifest, 1);
    assertThat(persisted(run, manifest, checks)).contains("lines.mismatch");
  }

  @Test
  void aNewCheckReachesAnOldAnswerWithoutAskingAgain() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.fields = "{\"invoice_date\": \"2026-01-02\", \"text\": \"x\"}";
    readPage.read(run, manifest, 1);
    assertThat(persisted(run, manifest, checks)).doesNotContain("date.future");
    var stricter = new FieldChecks(() -> Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(persisted(run, manifest, stricter)).contains("date.future");
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill");
  }

  @Test
  void whatTheModelDoubtsIsAFindingOfTheRow() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.doubts = List.of(new Finding("unsure", "/text", "Is it?", Finding.Severity.WARNING));
    readPage.read(run, manifest, 1);
    assertThat(persisted(run, manifest, checks)).contains("unsure");
  }

  @Test
  void whatStandsNowhereOnAScanIsFoundByTheWitnessWhichIsAskedOnce() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    witness.sees("Invoice", "INV-12", "Total", "100.00");
    model.fields =
      "{\"invoice_number\": \"INV-12\", \"grand_total\": 999.5, \"irn\": null, \"text\": \"x\"}";
    readPage.read(run, manifest, 1);
    assertThat(persisted(run, manifest, checks)).contains("value.not_printed");
    assertThat(reading(run, manifest).printed())
      .as("where the witness sees it")
      .hasEntrySatisfying("/invoice_number", value -> assertThat(value.box()).isPresent());
    readPage.read(run, manifest, 1);
    assertThat(witness.asked).isEqualTo(1);
  }

  @Test
  void aWitnessThatDoesNotAnswerCostsNoCallOfTheModel() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    witness.isDown = true;
    assertThatThrownBy(() -> readPage.read(run, manifest, 1)).isInstanceOf(
      StorageUnavailable.class
    );
    assertThat(model.calls).containsExactly("classify 1");
  }

  @Test
  void aModelThatReadsWordsHasNoWitness() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    model.readsWords = true;
    classifyPages.classify(run, manifest, List.of(1));
    witness.sees("Invoice", "INV-12", "Total", "100.00");
    model.fields = "{\"grand_total\": 999.5, \"text\": \"x\"}";
    readPage.read(run, manifest, 1);
    assertThat(persisted(run, manifest, checks)).doesNotContain("value.not_printed");
    assertThat(witness.asked).isZero();
  }

  /** The codes of what the row says of its page. */
  private List<String> persisted(JobRun run, URI manifest, FieldChecks checksOfTheTime) {
    var rows = new ArrayList<Doc>();
    new Persist(pages, printed, checksOfTheTime, (persisting, docs, ending) ->
      rows.addAll(docs)
    ).persist(run, manifest);
    return rows
      .stream()
      .flatMap(row -> row.ocrPayload().findings().stream())
      .map(Finding::code)
      .toList();
  }

  private Reading reading(JobRun run, URI manifest) {
    var settings = JobSettings.load(pages, run.settings());
    var page = Manifest.load(pages, manifest).page(1);
    return new PageResults(pages).reading(run.jobId(), page, DocType.BILL, settings).orElseThrow();
  }

  @Test
  void everyCallIsNotedWithWhatItTook() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b");
    classifyPages.classify(run, manifest, List.of(1, 2));
    readPage.read(run, manifest, 1);
    assertThat(ledger.values())
      .extracting(ModelCall::step, ModelCall::pages, ModelCall::outcome, ModelCall::inputTokens)
      .containsExactly(
        tuple("classify", List.of(1, 2), "ok", 100),
        tuple("read", List.of(1), "ok", 200)
      );
    assertThat(ledger.values())
      .extracting(call -> call.costUsd().toPlainString())
      .containsExactly("0.000450", "0.000900");
  }

  @Test
  void aCallThatTheLedgerMissedIsNotedByTheRetryAndNotMadeAgain() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    isLedgerDown = true;
    assertThatThrownBy(() ->
      classifyPages.classify(run, manifest, List.of(1))
    ).hasMessageContaining("the ledger");
    isLedgerDown = false;
    classifyPages.classify(run, manifest, List.of(1));
    assertThat(model.calls).containsExactly("classify 1");
    assertThat(ledger).hasSize(1);
  }

  @Test
  void aCallThatFailsIsNotedUnderTheNameOfItsFailure() {
    var run = run(SettingsSamples.settings());
    model.isDown = true;
    var manifest = manifest("a");
    assertThatThrownBy(() -> classifyPages.classify(run, manifest, List.of(1))).isInstanceOf(
      ModelUnavailable.class
    );
    assertThat(ledger.values()).extracting(ModelCall::outcome).containsExactly("ModelUnavailable");
  }

  @Test
  void aPageThatNeverGetsAnAnswerIsGivenUpWhileOthersGetTheirs() {
    var run = run(SettingsSamples.settings());
    model.isDown = true;
    tally = new UnansweredCalls.Tally(5, 5);
    assertThat(classifyPages.classify(run, manifest("a", "b"), List.of(1, 2))).isEmpty();
    assertThat(UnreadPage.find(pages, run, 1)).hasValueSatisfying(page -> {
      assertThat(page.error()).isEqualTo("ModelNeverAnswered");
      assertThat(page.sentence()).contains("answered about other pages", "in 6 tries");
    });
  }

  @Test
  void whileAModelAnswersNobodyItsSilenceIsNoPagesFailure() {
    var run = run(SettingsSamples.settings());
    model.isDown = true;
    tally = new UnansweredCalls.Tally(500, 0);
    var manifest = manifest("a");
    assertThatThrownBy(() -> classifyPages.classify(run, manifest, List.of(1))).isInstanceOf(
      ModelUnavailable.class
    );
  }

  @Test
  void aProviderThatIsNotHereIsNamedWithThoseThatAre() {
    var absent = ModelSettings.of("absent", "one");
    assertThatThrownBy(() -> models.model(absent))
      .hasMessageContaining("no provider \"absent\"")
      .hasMessageContaining("scripted");
  }

  private boolean isLedgerDown;

  private void note(JobId jobId, List<ModelCall> calls) {
    if (isLedgerDown) {
      throw new StorageUnavailable("the ledger", new IOException("down"));
    }
    calls.forEach(call -> ledger.put(call.id(), call));
  }

  private JobRun run(JobSettings settings) {
    var upload = new UploadedObject("bucket", "key", Optional.empty(), "etag");
    var snapshot = pages.storeRecord(JOB, "settings", Json.bytes(settings));
    return new JobRun(JOB, USER, "token", 1, upload, snapshot);
  }

  private URI manifest(String... contents) {
    return manifest(
      IntStream.rangeClosed(1, contents.length)
        .mapToObj(number -> page(number, contents[number - 1]))
        .toArray(PageRef[]::new)
    );
  }

  private URI manifest(PageRef... refs) {
    return pages.storeRecord(JOB, "manifest", Json.bytes(new Manifest(JOB, List.of(refs))));
  }

  private PageRef page(int number, String content, String... layer) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var image = pages.storePage(JOB, bytes);
    var words = Arrays.stream(layer)
      .map(text -> new Word(text, 0, 0, 50, 10))
      .toList();
    return new PageRef(
      number,
      Sha256.of(bytes),
      image,
      words.isEmpty()
        ? Optional.empty()
        : Optional.of(pages.storeRecord(JOB, "words-" + number, Json.bytes(words)))
    );
  }

  /** Takes a page with a title for a bill. */
  private static final class TitleRules implements WordRules {

    @Override
    public String modelId() {
      return "rules/titles";
    }

    @Override
    public Label label(List<Word> words) {
      boolean isTitled = words.stream().anyMatch(word -> word.text().equals("INVOICE"));
      return isTitled ? new Label(DocType.BILL, 0.95) : new Label(DocType.UNKNOWN, 1);
    }
  }

  /** Sees the same on every page. */
  private static final class Eye implements Witness {

    private List<SeenWord> words = List.of();
    private int asked;
    private boolean isDown;

    void sees(String... texts) {
      words = Arrays.stream(texts)
        .map(text -> new SeenWord(new Word(text, 10, 10, 50, 10), 0.99))
        .toList();
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public List<SeenWord> words(PageImage page) {
      asked++;
      if (isDown) {
        throw new StorageUnavailable("the witness", new IOException("down"));
      }
      return words;
    }
  }

  /** Takes every page for a bill, and writes down what it is asked. */
  private static final class Scripted implements PageModelProvider, PageModel {

    private final List<String> calls = new ArrayList<>();
    private String fields = "{\"text\": \"hello\"}";
    private String repaired = fields;
    private List<Finding> doubts = List.of();
    private int labels = Integer.MAX_VALUE;
    private boolean isDown;
    private boolean readsWords;
    private final Set<Integer> refused = new HashSet<>();

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
    public boolean readsWords() {
      return readsWords;
    }

    @Override
    public Labels classify(List<PageImage> pages, Prompt prompt) {
      var numbers = pages.stream().map(PageImage::number).toList();
      calls.add(
        "classify " + numbers.stream().map(String::valueOf).collect(Collectors.joining(","))
      );
      if (isDown) {
        throw new ModelUnavailable("scripted/one", new IOException("down"));
      }
      if (numbers.stream().anyMatch(refused::contains)) {
        throw new ModelRefused("scripted/one", "because", Usage.NONE);
      }
      var given = numbers.size() == 1 ? 1 : labels;
      return new Labels(
        pages
          .stream()
          .limit(given)
          .map(page -> new Label(DocType.BILL, 0.9))
          .toList(),
        new Usage(100, 10, 0, 0, Optional.empty())
      );
    }

    @Override
    public Answer read(PageImage page, DocTypeSchema schema) {
      calls.add("read %d %s".formatted(page.number(), schema.docType().label()));
      return answer(fields);
    }

    @Override
    public Answer repair(
      PageImage page,
      DocTypeSchema schema,
      Answer first,
      List<String> problems
    ) {
      calls.add("repair %d %s".formatted(page.number(), problems.getFirst().split(":", 2)[0]));
      return answer(repaired);
    }

    private Answer answer(String json) {
      return new Answer(
        Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class),
        "hello",
        List.of(),
        List.of(),
        new TreeMap<>(),
        doubts,
        new Usage(200, 20, 0, 0, Optional.of("req-1"))
      );
    }
  }
}
