package dev.billstep.reading;

import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.List;

/** Has a model read a classified page into the schema of its type, and checks what it says. */
public final class ReadPage {

  private final PageStore store;
  private final PageModels models;
  private final JobStore jobs;
  private final PageResults results;
  private final FieldChecks checks;

  public ReadPage(PageStore store, PageModels models, JobStore jobs, FieldChecks checks) {
    this.store = store;
    this.models = models;
    this.jobs = jobs;
    this.results = new PageResults(store);
    this.checks = checks;
  }

  /**
   * Reads the page, unless that was done before.
   *
   * @param manifest where the {@link Manifest} is
   * @param number the page, from 1
   * @throws ModelAnswerInvalid when the answer does not satisfy the schema
   */
  public void read(JobRun run, URI manifest, int number) {
    var settings = JobSettings.load(store, run.settings());
    var page = Manifest.load(store, manifest).page(number);
    var type = results.classification(run.jobId(), page, settings).type();
    var schema = settings.schemaOf(type);
    var address = ResultAddress.reading(page, settings, schema);
    if (store.findRecord(run.jobId(), address.name()).isEmpty()) {
      store.storeRecord(run.jobId(), address.name(), Json.bytes(ask(page, settings, schema)));
    }
    jobs.recordProgress(run, new Progress.Read(List.of(number)));
  }

  private Reading ask(PageRef page, JobSettings settings, DocTypeSchema schema) {
    var model = models.model(settings.model());
    var answer = model.read(PageImage.load(store, page), schema);
    var problems = SchemaValidation.problems(schema, answer.fields());
    if (!problems.isEmpty()) {
      throw ModelAnswerInvalid.fields(settings.model().id(), page.number(), problems);
    }
    return new Reading(
      schema.docType(),
      answer.fields(),
      answer.text(),
      checks.findings(schema.docType(), answer.fields()),
      settings.model().id(),
      schema.prompt().version(),
      schema.version()
    );
  }
}
