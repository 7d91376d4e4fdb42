package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.job.RunProgress;
import dev.billstep.job.RunProgress.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.Classification;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModel.Label;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.ResultAddress;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Has a model say what each page of a batch is. */
public final class Classify {

  private final PageStore store;
  private final PageModels models;
  private final RunProgress progress;
  private final CallLedger ledger;
  private final UnansweredCalls unanswered;
  private final PageResults results;
  private final GiveUp giveUpPages;

  public Classify(
    PageStore store,
    PageModels models,
    RunProgress progress,
    CallLedger ledger,
    UnansweredCalls unanswered
  ) {
    this.store = store;
    this.models = models;
    this.progress = progress;
    this.ledger = ledger;
    this.unanswered = unanswered;
    this.results = new PageResults(store);
    this.giveUpPages = new GiveUp(store);
  }

  /**
   * Classifies the pages that have no classification yet, in one call; page by page where the
   * model's answer to all of them is of no use.
   *
   * @param manifest where the {@link Manifest} is
   * @param pages page numbers, from 1
   * @return the pages that are classified; without those that were given up
   * @throws PageFailure when the model can't be made to label a page, and that ends the job
   */
  public List<Integer> classify(JobRun run, URI manifest, List<Integer> pages) {
    var settings = JobSettings.load(store, run.settings());
    var batch = Manifest.load(store, manifest).pages(pages);
    var givenUp = new HashSet<PageRef>();
    try (var calls = new StepCalls(ledger, unanswered, run, settings)) {
      var open = batch
        .stream()
        .filter(page -> find(page, run, settings, calls).isEmpty())
        .toList();
      if (!open.isEmpty()) {
        givenUp.addAll(ask(open, run, settings, calls));
      }
    }
    var classified = batch
      .stream()
      .filter(page -> !givenUp.contains(page))
      .map(PageRef::number)
      .toList();
    progress.recordProgress(run, new Progress.Classified(classified));
    return classified;
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

  /** Gives the pages that were given up. */
  private List<PageRef> ask(
    List<PageRef> pages,
    JobRun run,
    JobSettings settings,
    StepCalls calls
  ) {
    try {
      askAtOnce(pages, run, settings, calls);
      return List.of();
    } catch (PageFailure failure) {
      if (pages.size() == 1) {
        giveUpPages.giveUpOrThrow(run, pages.getFirst().number(), failure);
        return pages;
      }
      return pages
        .stream()
        .flatMap(page -> ask(List.of(page), run, settings, calls).stream())
        .toList();
    }
  }

  private void askAtOnce(List<PageRef> pages, JobRun run, JobSettings settings, StepCalls calls) {
    var images = pages
      .stream()
      .map(page -> PageImage.load(store, page))
      .toList();
    var prompt = settings.classifyPrompt();
    var made = calls.make(
      "classify",
      pages.stream().map(PageRef::number).toList(),
      prompt.version(),
      () -> models.model(settings.model()).classify(images, prompt)
    );
    var labels = made.answer().labels();
    if (labels.size() != pages.size()) {
      throw ModelAnswerInvalid.labels(settings.model().id(), pages.size(), labels.size());
    }
    for (int index = 0; index < pages.size(); index++) {
      keep(pages.get(index), labels.get(index), made.call(), run, settings);
    }
  }

  private void keep(PageRef page, Label label, ModelCall call, JobRun run, JobSettings settings) {
    var classification = new Classification(
      settings.readAs(label.type()),
      label.confidence(),
      settings.model().id(),
      settings.classifyPrompt().version(),
      Optional.of(call)
    );
    store.storeRecord(
      run.jobId(),
      ResultAddress.classification(page, settings).name(),
      Json.bytes(classification)
    );
  }
}
