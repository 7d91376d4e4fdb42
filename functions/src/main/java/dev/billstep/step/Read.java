package dev.billstep.step;

import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.job.JobRun;
import dev.billstep.job.RunProgress;
import dev.billstep.job.RunProgress.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.SeenWord;
import dev.billstep.reading.BatchAnswer;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.CallLedger;
import dev.billstep.reading.CheckedAnswer;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.Finding;
import dev.billstep.reading.ModelAnswerInvalid;
import dev.billstep.reading.ModelCall;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Reading;
import dev.billstep.reading.ResultAddress;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.UnreadPage.Rejected;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Has a model read a classified page into the schema of its type, and checks what it says. */
public final class Read {

  /** Findings of rows that are missing, or too many. */
  private static final Set<String> SUMS = Set.of("lines.mismatch", "total.mismatch");

  private static final String LOOK_AGAIN =
    "/line_items: rows may be missing, or a figure misread; take nothing but what is printed";

  private final PageStore store;
  private final PageModels models;
  private final RunProgress progress;
  private final CallLedger ledger;
  private final UnansweredCalls unanswered;
  private final PageResults results;
  private final PrintedWords printed;
  private final FieldChecks checks;
  private final GiveUp giveUpPages;

  public Read(
    PageStore store,
    PageModels models,
    RunProgress progress,
    CallLedger ledger,
    UnansweredCalls unanswered,
    PrintedWords printed,
    FieldChecks checks
  ) {
    this.store = store;
    this.models = models;
    this.progress = progress;
    this.ledger = ledger;
    this.unanswered = unanswered;
    this.results = new PageResults(store);
    this.printed = printed;
    this.checks = checks;
    this.giveUpPages = new GiveUp(store);
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
    try (var calls = new StepCalls(ledger, unanswered, run, settings, settings.model().id())) {
      if (known.isPresent()) {
        calls.include(known.get().calls());
      } else {
        readAnew(page, run, settings, settings.schemaOf(type), calls);
      }
    } catch (PageFailure failure) {
      giveUpPages.giveUpOrThrow(run, number, failure);
      return false;
    }
    progress.recordProgress(run, new Progress.Read(List.of(number)));
    return true;
  }

  /** From what a batch has answered, where one has; that is used once if nothing comes of it. */
  private void readAnew(
    PageRef page,
    JobRun run,
    JobSettings settings,
    DocTypeSchema schema,
    StepCalls calls
  ) {
    var address = ResultAddress.reading(page, settings, schema);
    Optional<BatchAnswer> answered = settings.mayWait()
      ? BatchAnswer.find(store, run.jobId(), address)
      : Optional.empty();
    try {
      ask(page, run, settings, schema, calls, answered);
    } catch (PageFailure failure) {
      answered.ifPresent(answer -> answer.spend(store, run.jobId(), address));
      throw failure;
    }
  }

  private void ask(
    PageRef page,
    JobRun run,
    JobSettings settings,
    DocTypeSchema schema,
    StepCalls calls,
    Optional<BatchAnswer> answered
  ) {
    var model = models.model(settings.model());
    var image = PageImage.load(store, page, models.pictureToRead(settings.model()));
    var question = new Question(
      model,
      image,
      witness(run, page, image, model, schema),
      schema,
      calls
    );
    var read = answered
      .map(answer -> question.take(models.batches(settings.model()), answer))
      .orElseGet(question::read);
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
    store(read, question, page, run, settings);
    int asked = question.made().size();
    var whole = withWholeTable(question, read);
    if (question.made().size() > asked) {
      store(whole, question, page, run, settings);
    }
  }

  /** Before the model is asked: what does not answer then has cost nothing. */
  private List<SeenWord> witness(
    JobRun run,
    PageRef page,
    PageImage image,
    PageModel model,
    DocTypeSchema schema
  ) {
    return model.readsWords() || schema.docType() == DocType.UNKNOWN
      ? List.of()
      : printed.on(run.jobId(), page, image);
  }

  /** Keeps what is paid for: where a further call takes too long, this is the page's reading. */
  private void store(
    CheckedAnswer read,
    Question question,
    PageRef page,
    JobRun run,
    JobSettings settings
  ) {
    store.storeRecord(
      run.jobId(),
      ResultAddress.reading(page, settings, read.schema()).name(),
      Json.bytes(reading(read, question, settings))
    );
  }

  /**
   * A table that a model has cut short shows in its sums: then it is asked for the page once more,
   * and its second answer counts where that has fewer errors, and no more that stands nowhere on the
   * page. It is not told what the sums should be: it would see to it. What still does not add up is a
   * finding.
   */
  private CheckedAnswer withWholeTable(Question question, CheckedAnswer read) {
    var first = findings(question, read);
    if (first.stream().noneMatch(finding -> SUMS.contains(finding.code()))) {
      return read;
    }
    try {
      var second = question.repair("reread", read, List.of(LOOK_AGAIN));
      return second.problems().isEmpty() && isBetter(findings(question, second), first)
        ? second
        : read;
    } catch (PageFailure noSecondAnswer) {
      return read; // It fits the schema; the call is noted with its outcome.
    }
  }

  private static boolean isBetter(List<Finding> second, List<Finding> first) {
    return errors(second) < errors(first) && madeUp(second) <= madeUp(first);
  }

  private static long errors(List<Finding> findings) {
    return findings
      .stream()
      .filter(finding -> finding.severity() == Finding.Severity.ERROR)
      .count();
  }

  private static long madeUp(List<Finding> findings) {
    return findings
      .stream()
      .filter(finding -> finding.code().equals(FieldChecks.NOT_PRINTED))
      .count();
  }

  private List<Finding> findings(Question question, CheckedAnswer read) {
    return checks.findings(read.schema().docType(), read.fields(), question.words());
  }

  private Reading reading(CheckedAnswer read, Question question, JobSettings settings) {
    var schema = read.schema();
    return new Reading(
      schema.docType(),
      read.fields(),
      read.printed(question.words().stream().map(SeenWord::word).toList()),
      read.answer().text(),
      read.answer().doubts(),
      question.model().readsWords(),
      settings.model().id(),
      schema.prompt().version(),
      schema.version(),
      List.copyOf(question.made())
    );
  }

  /**
   * What a model is asked about one page, and the calls that it has taken.
   *
   * @param words of the page, to be held against what the model says
   */
  private record Question(
    PageModel model,
    PageImage image,
    List<SeenWord> words,
    DocTypeSchema schema,
    StepCalls calls,
    List<ModelCall> made
  ) {
    Question(
      PageModel model,
      PageImage image,
      List<SeenWord> words,
      DocTypeSchema schema,
      StepCalls calls
    ) {
      this(model, image, words, schema, calls, new ArrayList<>());
    }

    CheckedAnswer read() {
      return make("read", () -> model.read(image, schema));
    }

    CheckedAnswer take(BatchInterface batches, BatchAnswer answer) {
      var taken = calls.take(
        "read",
        List.of(image.number()),
        schema.prompt().version(),
        answer.batch(),
        image.sha256(),
        () -> batches.answer(image, schema, answer.given())
      );
      return checked(taken);
    }

    CheckedAnswer repair(String step, CheckedAnswer first, List<String> problems) {
      return make(step, () -> model.repair(image, schema, first.answer(), problems));
    }

    private CheckedAnswer make(String step, Supplier<Answer> call) {
      return checked(calls.make(step, List.of(image.number()), schema.prompt().version(), call));
    }

    private CheckedAnswer checked(StepCalls.Made<Answer> answered) {
      made.add(answered.call());
      return CheckedAnswer.of(schema, answered.answer());
    }
  }
}
