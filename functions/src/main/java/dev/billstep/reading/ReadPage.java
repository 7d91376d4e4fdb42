package dev.billstep.reading;

import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.reading.UnreadPage.Rejected;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Has a model read a classified page into the schema of its type, and checks what it says. */
public final class ReadPage {

  private final PageStore store;
  private final PageModels models;
  private final JobStore jobs;
  private final CallLedger ledger;
  private final PageResults results;
  private final FieldChecks checks;
  private final GiveUpPages giveUpPages;

  public ReadPage(
    PageStore store,
    PageModels models,
    JobStore jobs,
    CallLedger ledger,
    FieldChecks checks
  ) {
    this.store = store;
    this.models = models;
    this.jobs = jobs;
    this.ledger = ledger;
    this.results = new PageResults(store);
    this.checks = checks;
    this.giveUpPages = new GiveUpPages(store);
  }

  /**
   * Reads the page, unless that was done before. An answer that does not satisfy the schema is shown
   * to the model with its problems, once.
   *
   * @param manifest where the {@link Manifest} is
   * @param number the page, from 1
   * @return whether it is read; not where it was given up, in which case what the model gave is kept
   * @throws PageFailure when the model can't be made to read the page, and that ends the job
   * @throws BlobMissing when the page was not classified
   */
  public boolean read(JobRun run, URI manifest, int number) {
    var settings = JobSettings.load(store, run.settings());
    var page = Manifest.load(store, manifest).page(number);
    var type = results
      .classification(run.jobId(), page, settings)
      .orElseThrow(() -> new BlobMissing("classification of page " + number))
      .type();
    var known = results.reading(run.jobId(), page, type, settings);
    try (var calls = new StepCalls(ledger, run, settings)) {
      if (known.isPresent()) {
        calls.include(known.get().calls());
      } else {
        ask(page, run, settings, settings.schemaOf(type), calls);
      }
    } catch (PageFailure failure) {
      giveUpPages.giveUpOrThrow(run, number, failure);
      return false;
    }
    jobs.recordProgress(run, new Progress.Read(List.of(number)));
    return true;
  }

  private void ask(
    PageRef page,
    JobRun run,
    JobSettings settings,
    DocTypeSchema schema,
    StepCalls calls
  ) {
    var model = models.model(settings.model());
    var image = PageImage.load(store, page);
    var pages = List.of(page.number());
    var version = schema.prompt().version();
    var made = new ArrayList<ModelCall>();

    var first = calls.make("read", pages, version, () -> model.read(image, schema));
    made.add(first.call());
    var answer = first.answer();
    var problems = SchemaValidation.problems(schema, answer.fields());
    if (!problems.isEmpty()) {
      var wrong = answer;
      var listed = problems;
      var second = calls.make("repair", pages, version, () ->
        model.repair(image, schema, wrong, listed)
      );
      made.add(second.call());
      answer = second.answer();
      problems = SchemaValidation.problems(schema, answer.fields());
    }
    if (!problems.isEmpty()) {
      new Rejected(answer.fields(), answer.text(), problems).store(store, run, page.number());
      throw ModelAnswerInvalid.fields(settings.model().id(), page.number(), problems);
    }
    store.storeRecord(
      run.jobId(),
      ResultAddress.reading(page, settings, schema).name(),
      Json.bytes(reading(answer, settings, schema, made))
    );
  }

  private Reading reading(
    Answer answer,
    JobSettings settings,
    DocTypeSchema schema,
    List<ModelCall> calls
  ) {
    return new Reading(
      schema.docType(),
      answer.fields(),
      answer.text(),
      checks.findings(schema.docType(), answer.fields()),
      settings.model().id(),
      schema.prompt().version(),
      schema.version(),
      List.copyOf(calls)
    );
  }
}
