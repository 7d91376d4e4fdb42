package dev.billstep.step;

import dev.billstep.doctype.DocType;
import dev.billstep.job.JobRun;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.Sha256;
import dev.billstep.reading.BatchAnswer;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.Classification;
import dev.billstep.reading.PageFailure;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.ResultAddress;
import dev.billstep.reading.SentQuestionStore;
import dev.billstep.reading.SentQuestions;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Has a job's pages classified, and sends what is to be asked about them to the provider's batch
 * interface: the questions that the pages have no results to. Whatever is not answered there is asked page
 * by page afterwards, as of any other job.
 */
public final class Defer {

  private final PageStore store;
  private final PageModels models;
  private final Classify classify;
  private final SentQuestionStore outstanding;
  private final PageResults results;
  private final InstantSource clock;

  public Defer(
    PageStore store,
    PageModels models,
    Classify classify,
    SentQuestionStore outstanding,
    InstantSource clock
  ) {
    this.store = store;
    this.models = models;
    this.classify = classify;
    this.outstanding = outstanding;
    this.results = new PageResults(store);
    this.clock = clock;
  }

  /**
   * Sends the questions; those that another run of the job has sent already are waited for, and not sent
   * again.
   *
   * @param manifest where the {@link Manifest} is
   * @param batches pages in the groups that are classified together
   * @throws dev.billstep.settings.SettingInvalid when the model's provider has no batch interface
   * @throws PageFailure when a page can't be classified, and that ends the job
   */
  public Deferred defer(JobRun run, URI manifest, List<List<Integer>> batches) {
    var settings = JobSettings.load(store, run.settings());
    var provider = models.batches(settings.model());
    var classified = classified(run, manifest, batches, settings);
    var questions = open(run, Manifest.load(store, manifest).pages(classified), settings);
    var asked = Sha256.of(Json.bytes(questions.keySet()));
    var sent = outstanding.of(run.jobId()).filter(known -> isThat(known, asked, run));
    if (questions.isEmpty()) {
      return Deferred.ANSWERED;
    }
    var all = new Sending(
      run,
      provider,
      sent.orElseGet(() -> new SentQuestions(settings.model(), asked, clock.instant(), List.of()))
    ).send(questions, settings);
    return all.batches().isEmpty()
      ? Deferred.ANSWERED
      : Deferred.waiting(all, settings.waiting(), clock.instant());
  }

  private List<Integer> classified(
    JobRun run,
    URI manifest,
    List<List<Integer>> batches,
    JobSettings settings
  ) {
    return batches
      .stream()
      .gather(
        Gatherers.mapConcurrent(settings.concurrency().batches(), batch ->
          classify.classify(run, manifest, batch)
        )
      )
      .flatMap(List::stream)
      .toList();
  }

  /** What was asked of another upload, or otherwise, is stopped: nobody waits for it any more. */
  private boolean isThat(SentQuestions known, String asked, JobRun run) {
    if (known.asked().equals(asked)) {
      return true;
    }
    var provider = models.batches(known.model());
    known.open().forEach(batch -> provider.cancel(batch.name()));
    outstanding.settle(run);
    return false;
  }

  /** By their ids, each once: pages that are the same are the same question. */
  private SequencedMap<String, Question> open(
    JobRun run,
    List<PageRef> pages,
    JobSettings settings
  ) {
    return pages
      .stream()
      .flatMap(page -> question(run, page, settings).stream())
      .collect(
        Collectors.toMap(
          question -> question.address().id(),
          question -> question,
          (one, same) -> one,
          LinkedHashMap::new
        )
      );
  }

  private Optional<Question> question(JobRun run, PageRef page, JobSettings settings) {
    var type = results
      .classification(run.jobId(), page, settings)
      .map(Classification::type)
      .orElseThrow(() -> new BlobMissing("classification of page " + page.number()));
    var address = ResultAddress.reading(page, settings, settings.schemaOf(type));
    boolean isKnown =
      results.reading(run.jobId(), page, type, settings).isPresent() ||
      BatchAnswer.find(store, run.jobId(), address).isPresent();
    return isKnown ? Optional.empty() : Optional.of(new Question(page, type, address));
  }

  /** About a page of a type; its results are at that address. */
  private record Question(PageRef page, DocType type, ResultAddress address) {}

  /** Sends questions in as many batches as they take, and notes each as it is sent. */
  private final class Sending {

    private final JobRun run;
    private final BatchInterface provider;
    private final List<String> ids = new ArrayList<>();
    private final List<byte[]> questions = new ArrayList<>();
    private long bytes;
    private SentQuestions sent;

    Sending(JobRun run, BatchInterface provider, SentQuestions sent) {
      this.run = run;
      this.provider = provider;
      this.sent = sent;
    }

    SentQuestions send(SequencedMap<String, Question> all, JobSettings settings) {
      var before = sent.ids();
      all.forEach((id, question) -> {
        if (!before.contains(id)) {
          encoded(id, question, settings).ifPresent(encoded -> add(id, encoded));
        }
      });
      sendBatch();
      return sent;
    }

    /** A page that can't be sent is not: who reads it finds out, and gives it up by the job's policy. */
    private Optional<byte[]> encoded(String id, Question question, JobSettings settings) {
      try {
        var image = PageImage.load(store, question.page());
        return Optional.of(provider.question(id, image, settings.schemaOf(question.type())));
      } catch (PageFailure unsendable) {
        return Optional.empty();
      }
    }

    private void add(String id, byte[] question) {
      if (bytes + question.length > provider.mostBytes()) {
        sendBatch();
      }
      ids.add(id);
      questions.add(question);
      bytes += question.length;
    }

    private void sendBatch() {
      if (ids.isEmpty()) {
        return;
      }
      var name = provider.send(questions);
      sent = sent.with(new SentQuestions.Batch(name, List.copyOf(ids), false));
      outstanding.keep(run, sent, Claim.LEASE);
      ids.clear();
      questions.clear();
      bytes = 0;
    }
  }
}
