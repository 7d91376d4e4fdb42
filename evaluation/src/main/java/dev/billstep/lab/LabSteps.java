package dev.billstep.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doc.Doc;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.RunProgress;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.Sha256;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.UnansweredCalls.Tally;
import dev.billstep.reading.UnreadPage;
import dev.billstep.reading.WordRules;
import dev.billstep.settings.ModelSettings;
import dev.billstep.step.Classify;
import dev.billstep.step.Persist;
import dev.billstep.step.Read;
import dev.billstep.step.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads documents by the steps of the pipeline itself, in this process. A document is a job, split once; each
 * contender reads its pages in a job of its own. Both are named by what is in them: what was answered
 * once is found again, by this process or the next.
 */
final class LabSteps {

  private static final UserId NOBODY = UserId.of("00000000-0000-0000-0000-000000000000");
  private static final String SPLIT = "split";

  /** There is one run of each job: what it has left is taken up. */
  private static final int ATTEMPT = 1;

  private static final RunProgress NOBODY_WATCHES = (run, progress) -> {};

  /** The journal has each call, as it is made. */
  private static final CallLedger IN_THE_JOURNAL = (job, calls) -> {};

  /** A contender that leaves pages unanswered is out. */
  private static final UnansweredCalls NONE_REMEMBERED = (job, step, pages, model) ->
    new Tally(0, 0);

  /** It is the models that are compared. */
  private static final Optional<WordRules> NO_RULES = Optional.empty();

  private final PageStore store;
  private final List<PageModelProvider> providers;
  private final PageModels models;
  private final PrintedWords printed;
  private final FieldChecks checks;
  private final Purse purse;

  /** Of the documents' jobs: contenders that come at once don't split a document twice. */
  private final Map<JobId, URI> manifests = new ConcurrentHashMap<>();

  LabSteps(
    PageStore store,
    List<PageModelProvider> providers,
    ModelKeys keys,
    PrintedWords printed,
    FieldChecks checks,
    Purse purse
  ) {
    this.store = store;
    this.providers = List.copyOf(providers);
    this.models = new PageModels(providers, keys);
    this.printed = printed;
    this.checks = checks;
    this.purse = purse;
  }

  /** Whether the document's pages are there already. */
  boolean isSplit(LabelledDocument document, Contender contender) {
    return store.findRecord(pagesJob(document, contender), SPLIT).isPresent();
  }

  /**
   * Reads what is not read yet.
   *
   * @return the rows that the pipeline would write
   * @throws LimitReached where a call would cost too much
   */
  List<JsonNode> rows(LabelledDocument document, Contender contender) {
    var pages = pages(document, contender);
    var run = run(job(document.sha256(), contender.key()), document, contender);
    var open = openPages(pages, run);
    var held = held(document, contender);
    var classify = new Classify(
      store,
      held,
      NOBODY_WATCHES,
      IN_THE_JOURNAL,
      NONE_REMEMBERED,
      NO_RULES
    );
    var read = new Read(
      store,
      held,
      NOBODY_WATCHES,
      IN_THE_JOURNAL,
      NONE_REMEMBERED,
      printed,
      checks
    );
    for (var batch : contender.settings().batches(open)) {
      for (int page : classify.classify(run, pages.manifest(), batch)) {
        read.read(run, pages.manifest(), page);
      }
    }
    var rows = new ArrayList<Doc>();
    new Persist(store, printed, checks, (job, docs, ending) -> rows.addAll(docs)).persist(
      run,
      pages.manifest()
    );
    return rows
      .stream()
      .map(row -> Json.mapper().<JsonNode>valueToTree(row))
      .toList();
  }

  /** Without those that could not be drawn, or that this contender was given up on: asking again is paid again. */
  private List<Integer> openPages(Pages pages, JobRun run) {
    return Manifest.load(store, pages.manifest())
      .pages()
      .stream()
      .map(PageRef::number)
      .filter(number -> {
        UnreadPage.find(store, pages.run(), number).ifPresent(page -> page.store(store, run));
        return UnreadPage.find(store, run, number).isEmpty();
      })
      .toList();
  }

  private Pages pages(LabelledDocument document, Contender contender) {
    var run = run(pagesJob(document, contender), document, contender);
    return new Pages(run, manifests.computeIfAbsent(run.jobId(), job -> manifest(document, run)));
  }

  private URI manifest(LabelledDocument document, JobRun run) {
    return store
      .findRecord(run.jobId(), SPLIT)
      .map(uri -> Json.read(uri, URI.class))
      .orElseGet(() -> split(document, run));
  }

  private URI split(LabelledDocument document, JobRun run) {
    var split = new Split(
      (upload, target, maxBytes) -> copy(document, target),
      store,
      NOBODY_WATCHES,
      NO_MODELS
    );
    var manifest = split.split(run).manifest();
    store.storeRecord(run.jobId(), SPLIT, Json.bytes(manifest));
    return manifest;
  }

  private static void copy(LabelledDocument document, Path target) {
    try {
      Files.copy(document.path(), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JobRun run(JobId job, LabelledDocument document, Contender contender) {
    var key = "uploads/%s/%s/%s".formatted(NOBODY, job, document.name());
    return new JobRun(
      job,
      NOBODY,
      "lab",
      ATTEMPT,
      new UploadedObject("lab", key, Optional.empty(), document.sha256()),
      store.storeRecord(job, "settings", Json.bytes(contender.settings()))
    );
  }

  private static JobId pagesJob(LabelledDocument document, Contender contender) {
    return job(document.sha256(), Sha256.of(Json.text(contender.settings().limits())));
  }

  private static JobId job(String document, String name) {
    var address = document + " " + name;
    return new JobId(UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)));
  }

  /** The contender's models, each opened once, and held for this document. */
  private PageModels held(LabelledDocument document, Contender contender) {
    return new PageModels(
      providers
        .stream()
        .<PageModelProvider>map(provider -> new Held(provider, document, contender))
        .toList(),
      NO_KEYS
    );
  }

  /** The pages of a document. */
  private record Pages(JobRun run, URI manifest) {}

  /** Those that are held have their keys. */
  private static final ModelKeys NO_KEYS = new ModelKeys() {
    @Override
    public String key(String name) {
      throw new IllegalStateException("asked for the key " + name);
    }

    @Override
    public String renewed(String name) {
      return key(name);
    }
  };

  /** Contenders share a document's pages: none has pictures of its own made with them. */
  private static final PageModels NO_MODELS = new PageModels(List.of(), NO_KEYS);

  private final class Held implements PageModelProvider {

    private final PageModelProvider provider;
    private final LabelledDocument document;
    private final Contender contender;

    Held(PageModelProvider provider, LabelledDocument document, Contender contender) {
      this.provider = provider;
      this.document = document;
      this.contender = contender;
    }

    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public Optional<String> keyName() {
      return provider.keyName();
    }

    @Override
    public PageModel open(ModelSettings settings, ModelKeys keys) {
      return new HeldModel(
        models.model(settings),
        settings,
        contender.priceOf(settings),
        purse,
        contender.key(),
        document.sha256()
      );
    }
  }
}
