package dev.billstep.step;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobRun;
import dev.billstep.job.RunProgress;
import dev.billstep.job.RunProgress.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageNotSplitYet;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchFailure;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.Classification;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModel.Label;
import dev.billstep.reading.PageModel.Labels;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.ResultAddress;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.Usage;
import dev.billstep.reading.WordRules;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.SettingInvalid;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has a model say what each page of a batch is. */
public final class Classify {

  /** Where others have the version of a prompt. */
  private static final String RULES = "rules";

  /** Of the images that one call shows: they are in memory together, beside the pixels of one. */
  private static final long MOST_BYTES_AT_ONCE = 64L << 20;

  private final PageStore store;
  private final PageModels models;
  private final RunProgress progress;
  private final CallLedger ledger;
  private final UnansweredCalls unanswered;
  private final PageResults results;
  private final GiveUp giveUpPages;
  private final Optional<WordRules> rules;

  /**
   * Puts the step together.
   *
   * @param rules that can say what a page is by its words
   */
  public Classify(
    PageStore store,
    PageModels models,
    RunProgress progress,
    CallLedger ledger,
    UnansweredCalls unanswered,
    Optional<WordRules> rules
  ) {
    this.store = store;
    this.models = models;
    this.progress = progress;
    this.ledger = ledger;
    this.unanswered = unanswered;
    this.results = new PageResults(store);
    this.giveUpPages = new GiveUp(store);
    this.rules = rules;
  }

  /**
   * Classifies the pages that have no classification yet: by the words of their text layers where the
   * settings say so and the words are plain enough, the others in one call; page by page where the
   * model's answer to all of them is of no use.
   *
   * @param manifest where the {@link Manifest} is
   * @param pages page numbers, from 1
   * @return the pages that are classified; without those that can't be drawn, or were given up. None where
   *     they are not split yet, and never will be, since the run has failed meanwhile
   * @throws PageFailure when the model can't be made to label a page, and that ends the job
   * @throws PageNotSplitYet when a page is still to come
   */
  public List<Integer> classify(JobRun run, URI manifest, List<Integer> pages) {
    var settings = JobSettings.load(store, run.settings());
    var batch = drawn(run, manifest, pages);
    var givenUp = new HashSet<PageRef>();
    var modelId = settings.model().toClassify().id();
    try (var calls = new StepCalls(ledger, unanswered, run, settings, modelId)) {
      var open = batch
        .stream()
        .filter(page -> find(page, run, settings, calls).isEmpty())
        .filter(page -> !isPlain(page, run, settings))
        .toList();
      askInParts(open, part -> givenUp.addAll(ask(part, run, settings, calls)));
    }
    var classified = batch
      .stream()
      .filter(page -> !givenUp.contains(page))
      .map(PageRef::number)
      .toList();
    progress.recordProgress(run, new Progress.Classified(classified));
    return classified;
  }

  private List<PageRef> drawn(JobRun run, URI manifest, List<Integer> pages) {
    try {
      return Manifest.load(store, manifest)
        .pages(pages)
        .stream()
        .filter(PageRef::hasImage)
        .toList();
    } catch (PageNotSplitYet notYet) {
      if (BatchFailure.find(store, run).isPresent()) {
        return List.of();
      }
      throw notYet;
    }
  }

  private Optional<Classification> find(
    PageRef page,
    JobRun run,
    JobSettings settings,
    StepCalls calls
  ) {
    var found = results.classification(run.jobId(), page, settings);
    found.flatMap(Classification::call).ifPresent(call -> calls.include(List.of(call)));
    return found;
  }

  /** Whether its words have said what it is; then that is kept, with a call that cost nothing. */
  private boolean isPlain(PageRef page, JobRun run, JobSettings settings) {
    var margin = settings.model().classifyByWords();
    if (margin.isEmpty() || page.words().isEmpty()) {
      return false;
    }
    var known = rules.orElseThrow(() ->
      new SettingInvalid(
        "model",
        "classifyByWords needs the rules, which this function does not have: deploy it with -c classifyByWords=true"
      )
    );
    var label = known.label(PageImage.words(store, page));
    // A page of no kind may be one of which the layer has little: a model looks at it.
    if (label.type() == DocType.UNKNOWN || label.confidence() < margin.get()) {
      return false;
    }
    try (var calls = new StepCalls(ledger, unanswered, run, settings, known.modelId())) {
      var made = calls.make("classify", List.of(page.number()), RULES, () ->
        new Labels(List.of(label), Usage.NONE)
      );
      keep(page, label, made.call(), run, settings);
    }
    return true;
  }

  /** Shows as many pages at once as memory has room for. */
  private void askInParts(List<PageRef> pages, Consumer<List<Shown>> ask) {
    var part = new ArrayList<Shown>();
    long bytes = 0;
    for (var page : pages) {
      var shown = new Shown(page, PageImage.load(store, page));
      if (!part.isEmpty() && bytes + shown.bytes() > MOST_BYTES_AT_ONCE) {
        ask.accept(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(shown);
      bytes += shown.bytes();
    }
    if (!part.isEmpty()) {
      ask.accept(part);
    }
  }

  /** Gives the pages that were given up. */
  private List<PageRef> ask(List<Shown> pages, JobRun run, JobSettings settings, StepCalls calls) {
    try {
      askAtOnce(pages, run, settings, calls);
      return List.of();
    } catch (PageFailure failure) {
      if (pages.size() == 1) {
        var page = pages.getFirst().ref();
        giveUpPages.giveUpOrThrow(run, page.number(), failure);
        return List.of(page);
      }
      return pages
        .stream()
        .flatMap(page -> ask(List.of(page), run, settings, calls).stream())
        .toList();
    }
  }

  private void askAtOnce(List<Shown> pages, JobRun run, JobSettings settings, StepCalls calls) {
    var images = pages.stream().map(Shown::image).toList();
    var prompt = settings.classifyPrompt();
    var made = calls.make(
      "classify",
      images.stream().map(PageImage::number).toList(),
      prompt.version(),
      () -> models.model(settings.model().toClassify()).classify(images, prompt)
    );
    var labels = made.answer().labels();
    if (labels.size() != pages.size()) {
      throw ModelAnswerInvalid.labels(made.call().modelId(), pages.size(), labels.size());
    }
    for (int index = 0; index < pages.size(); index++) {
      keep(pages.get(index).ref(), labels.get(index), made.call(), run, settings);
    }
  }

  private void keep(PageRef page, Label label, ModelCall call, JobRun run, JobSettings settings) {
    var classification = new Classification(
      settings.readAs(label.type()),
      label.confidence(),
      call.modelId(),
      call.promptVersion(),
      Optional.of(call)
    );
    store.storeRecord(
      run.jobId(),
      ResultAddress.classification(page, settings).name(),
      Json.bytes(classification)
    );
  }

  /** A page, and what the model is shown of it. */
  private record Shown(PageRef ref, PageImage image) {
    int bytes() {
      return image.bytes().length;
    }
  }
}
