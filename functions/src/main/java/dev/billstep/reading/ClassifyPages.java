package dev.billstep.reading;

import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.List;

/** Has a model say what each page of a batch is. */
public final class ClassifyPages {

  private final PageStore store;
  private final PageModels models;
  private final JobStore jobs;

  public ClassifyPages(PageStore store, PageModels models, JobStore jobs) {
    this.store = store;
    this.models = models;
    this.jobs = jobs;
  }

  /**
   * Classifies the pages that have no classification yet, in one call.
   *
   * @param manifest where the {@link Manifest} is
   * @param pages page numbers, from 1
   * @throws ModelAnswerInvalid when the model does not label each page
   */
  public void classify(JobRun run, URI manifest, List<Integer> pages) {
    var settings = JobSettings.load(store, run.settings());
    var batch = Manifest.load(store, manifest).pages(pages);
    var open = batch
      .stream()
      .filter(page -> isOpen(page, run, settings))
      .toList();
    if (!open.isEmpty()) {
      ask(open, run, settings);
    }
    jobs.recordProgress(run, new Progress.Classified(pages));
  }

  private boolean isOpen(PageRef page, JobRun run, JobSettings settings) {
    var address = ResultAddress.classification(page, settings);
    return store.findRecord(run.jobId(), address.name()).isEmpty();
  }

  private void ask(List<PageRef> pages, JobRun run, JobSettings settings) {
    var images = pages
      .stream()
      .map(page -> PageImage.load(store, page))
      .toList();
    var labels = models.model(settings.model()).classify(images, settings.classifyPrompt());
    if (labels.size() != pages.size()) {
      throw ModelAnswerInvalid.labels(settings.model().id(), pages.size(), labels.size());
    }
    for (int index = 0; index < pages.size(); index++) {
      var label = labels.get(index);
      var classification = new Classification(
        label.type(),
        label.confidence(),
        settings.model().id(),
        settings.classifyPrompt().version()
      );
      store.storeRecord(
        run.jobId(),
        ResultAddress.classification(pages.get(index), settings).name(),
        Json.bytes(classification)
      );
    }
  }
}
