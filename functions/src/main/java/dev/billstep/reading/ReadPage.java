package dev.billstep.reading;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Has a model read a classified page into the schema of its type, and checks what it says. */
public final class ReadPage {

  /** Findings of rows that are missing, or too many. */
  private static final Set<String> SUMS = Set.of("lines.mismatch", "total.mismatch");

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
    var question = new Question(
      models.model(settings.model()),
      PageImage.load(store, page),
      schema,
      calls
    );
    var read = question.read();
    if (!read.problems().isEmpty()) {
      read = question.repair("repair", read, read.problems());
    }
    if (!read.problems().isEmpty()) {
      new Rejected(read.answer().fields(), read.answer().text(), read.problems()).store(
        store,
        run,
        page.number()
      );
      throw ModelAnswerInvalid.fields(settings.model().id(), page.number(), read.problems());
    }
    store.storeRecord(
      run.jobId(),
      ResultAddress.reading(page, settings, schema).name(),
      Json.bytes(reading(withWholeTable(question, read), question, settings))
    );
  }

  /**
   * A table that a model has cut short shows in its sums: then it is asked for the page once more,
   * and its second answer counts where that has fewer errors. What still does not add up is a
   * finding.
   */
  private Read withWholeTable(Question question, Read read) {
    var errors = errors(read);
    var sums = errors
      .stream()
      .filter(finding -> SUMS.contains(finding.code()))
      .map(
        finding -> finding.path() + ": " + finding.message() + " Is every row of the table there?"
      )
      .toList();
    if (sums.isEmpty()) {
      return read;
    }
    var second = question.repair("reread", read, sums);
    boolean isBetter = second.problems().isEmpty() && errors(second).size() < errors.size();
    return isBetter ? second : read;
  }

  private List<Finding> errors(Read read) {
    return findings(read)
      .stream()
      .filter(finding -> finding.severity() == Finding.Severity.ERROR)
      .toList();
  }

  private List<Finding> findings(Read read) {
    return Stream.concat(
      checks.findings(read.schema().docType(), read.fields()).stream(),
      read.answer().doubts().stream()
    ).toList();
  }

  private Reading reading(Read read, Question question, JobSettings settings) {
    var schema = read.schema();
    return new Reading(
      schema.docType(),
      read.fields(),
      read.printed(question.image()),
      read.answer().text(),
      findings(read),
      settings.model().id(),
      schema.prompt().version(),
      schema.version(),
      List.copyOf(question.made())
    );
  }

  /**
   * An answer, with its fields in the form in which they are stored.
   *
   * @param problems of that form under the schema; empty where all fits
   */
  private record Read(
    DocTypeSchema schema,
    Answer answer,
    StoredForm stored,
    List<String> problems
  ) {
    static Read of(DocTypeSchema schema, Answer answer) {
      var stored = StoredForm.of(schema, answer.fields());
      var problems = SchemaValidation.problems(schema, stored.fields());
      return new Read(schema, answer, stored, problems);
    }

    JsonNode fields() {
      return stored.fields();
    }

    /** Where it is known where a value stands, what stands there; otherwise what the model gave. */
    SortedMap<String, PrintedValue> printed(PageImage image) {
      var printed = new TreeMap<String, PrintedValue>();
      stored.asGiven().forEach((path, text) -> printed.put(path, PrintedValue.of(text)));
      if (!answer.printed().isEmpty()) {
        printed.putAll(answer.printed());
      } else if (schema.docType() != DocType.UNKNOWN) {
        var seen = answer.seen().isEmpty() ? image.words() : answer.seen();
        printed.putAll(PrintedFields.find(fields(), seen));
      }
      return printed;
    }
  }

  /** What a model is asked about one page, and the calls that it has taken. */
  private record Question(
    PageModel model,
    PageImage image,
    DocTypeSchema schema,
    StepCalls calls,
    List<ModelCall> made
  ) {
    Question(PageModel model, PageImage image, DocTypeSchema schema, StepCalls calls) {
      this(model, image, schema, calls, new ArrayList<>());
    }

    Read read() {
      return make("read", () -> model.read(image, schema));
    }

    Read repair(String step, Read first, List<String> problems) {
      return make(step, () -> model.repair(image, schema, first.answer(), problems));
    }

    private Read make(String step, Supplier<Answer> call) {
      var answered = calls.make(step, List.of(image.number()), schema.prompt().version(), call);
      made.add(answered.call());
      return Read.of(schema, answered.answer());
    }
  }
}
