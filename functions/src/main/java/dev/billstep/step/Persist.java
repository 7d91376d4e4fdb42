package dev.billstep.step;

import dev.billstep.doc.Doc;
import dev.billstep.doc.DocStore;
import dev.billstep.job.CaughtError;
import dev.billstep.job.JobRun;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.SeenWord;
import dev.billstep.reading.Classification;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.PageResults;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.Reading;
import dev.billstep.reading.UnreadPage;
import dev.billstep.settings.JobSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a row a page, from the results that the earlier states have stored, and ends the job. */
public final class Persist {

  /** Named in the job's message; the others are counted. Each page's row has its own sentence. */
  private static final int NAMED_PAGES = 10;

  private final PageStore store;
  private final PageResults results;
  private final PrintedWords printed;
  private final FieldChecks checks;
  private final DocStore docs;

  public Persist(PageStore store, PrintedWords printed, FieldChecks checks, DocStore docs) {
    this.store = store;
    this.printed = printed;
    this.checks = checks;
    this.results = new PageResults(store);
    this.docs = docs;
  }

  /**
   * Writes the rows of a run's pages.
   *
   * @param manifest where the {@link Manifest} is
   * @return how many rows
   * @throws BlobMissing when a page is neither read nor given up
   * @throws TooManyPagesUnread with more pages unread than the job's policy allows, after the rows are
   *     written and the job has ended as {@code error}
   */
  public int persist(JobRun run, URI manifest) {
    var settings = JobSettings.load(store, run.settings());
    var pages = pages(run, manifest, settings);
    pages
      .stream()
      .filter(page -> !page.isFinished())
      .findFirst()
      .ifPresent(page -> {
        throw new BlobMissing("reading of page " + page.ref().number());
      });
    var unread = pages
      .stream()
      .flatMap(page -> page.whyUnread().stream())
      .toList();
    var message = unread.isEmpty() ? Optional.<String>empty() : Optional.of(message(unread, pages));
    var refusal = settings.failurePolicy().isTooMany(unread.size(), pages.size())
      ? Optional.of(new TooManyPagesUnread(unread.size(), pages.size(), named(unread)))
      : Optional.<TooManyPagesUnread>empty();
    var error = refusal.map(CaughtError::of);
    int rows = write(run, settings, pages, settings.onlyPages().isPresent(), error, message);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return rows;
  }

  /**
   * Writes the rows of the pages that are finished in a run that failed, and ends its job as {@code
   * error}. Rows of other pages stay as they are.
   *
   * @return how many rows
   */
  public int persistFinished(JobRun run, URI manifest, CaughtError error) {
    var settings = JobSettings.load(store, run.settings());
    var finished = pages(run, manifest, settings).stream().filter(PageOutcome::isFinished).toList();
    return write(run, settings, finished, true, Optional.of(error), Optional.empty());
  }

  private int write(
    JobRun run,
    JobSettings settings,
    List<PageOutcome> pages,
    boolean isPartial,
    Optional<CaughtError> error,
    Optional<String> message
  ) {
    var rows = pages
      .stream()
      .map(page -> row(run, page, settings))
      .toList();
    int hits = pages
      .stream()
      .mapToInt(page -> page.cacheHits(run.attempt()))
      .sum();
    docs.persist(run, rows, new DocStore.Ending(isPartial, hits, error, message));
    return rows.size();
  }

  private List<PageOutcome> pages(JobRun run, URI manifest, JobSettings settings) {
    var all = Manifest.load(store, manifest);
    return settings
      .onlyPages()
      .map(all::pages)
      .orElse(all.pages())
      .stream()
      .map(page -> outcome(run, page, settings))
      .toList();
  }

  private PageOutcome outcome(JobRun run, PageRef page, JobSettings settings) {
    var classification = results.classification(run.jobId(), page, settings);
    var reading = classification.flatMap(known ->
      results.reading(run.jobId(), page, known.type(), settings)
    );
    return new PageOutcome(
      page,
      classification,
      reading,
      reading.isPresent() ? Optional.empty() : UnreadPage.find(store, run, page.number())
    );
  }

  private Doc row(JobRun run, PageOutcome page, JobSettings settings) {
    return page
      .classification()
      .flatMap(known -> page.reading().map(read -> row(run, page.ref(), known, read)))
      .orElseGet(() ->
        Doc.unread(page.ref(), page.classification(), page.whyUnread().orElseThrow(), settings)
      );
  }

  private Doc row(JobRun run, PageRef page, Classification classification, Reading reading) {
    var witness = reading.byWords() ? List.<SeenWord>of() : printed.known(run.jobId(), page);
    return Doc.of(
      page,
      classification,
      reading,
      checks.findings(reading.type(), reading.fields(), witness)
    );
  }

  private static String message(List<UnreadPage> unread, List<PageOutcome> pages) {
    return "%d of %d pages could not be read: %s".formatted(
      unread.size(),
      pages.size(),
      named(unread)
    );
  }

  private static String named(List<UnreadPage> unread) {
    var named = unread
      .stream()
      .limit(NAMED_PAGES)
      .map(page -> "page %d (%s)".formatted(page.page(), page.sentence()))
      .collect(Collectors.joining(", "));
    int others = unread.size() - NAMED_PAGES;
    return others > 0 ? "%s, and %d more".formatted(named, others) : named;
  }

  private record PageOutcome(
    PageRef ref,
    Optional<Classification> classification,
    Optional<Reading> reading,
    Optional<UnreadPage> whyUnread
  ) {
    boolean isFinished() {
      return reading.isPresent() || whyUnread.isPresent();
    }

    int cacheHits(int attempt) {
      int classified = classification
        .flatMap(Classification::call)
        .map(call -> earlier(call.attempt(), attempt))
        .orElse(0);
      int read = reading
        .map(known -> earlier(known.calls().getFirst().attempt(), attempt))
        .orElse(0);
      return classified + read;
    }

    private static int earlier(int attemptOfResult, int attempt) {
      return attemptOfResult < attempt ? 1 : 0;
    }
  }
}
