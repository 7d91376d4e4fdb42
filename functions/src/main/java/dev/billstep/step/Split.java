package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.job.ReplayInvalid;
import dev.billstep.job.RunProgress;
import dev.billstep.job.RunProgress.Progress;
import dev.billstep.json.Json;
import dev.billstep.page.DiskFull;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageSink;
import dev.billstep.page.PageStore;
import dev.billstep.page.PageUndrawable;
import dev.billstep.page.Sha256;
import dev.billstep.page.SplitPage;
import dev.billstep.page.UndrawnRecord;
import dev.billstep.page.UploadRejected;
import dev.billstep.page.UploadStore;
import dev.billstep.page.WorkFolder;
import dev.billstep.reading.PageModels;
import dev.billstep.settings.Concurrency;
import dev.billstep.settings.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/** Splits an upload into page images and a manifest of them. */
public final class Split {

  /** Copies of one document's images: a thousand of them one after the other take half a minute. */
  private static final int COPIES_AT_ONCE = 8;

  /** Of the heap, one part of so many is for pages that are encoded and stored: drawing takes more. */
  private static final int SHARE_OF_MEMORY = 4;

  /** Five minutes less than the function has: for a page that takes long, and what is done with the pages. */
  private static final Duration STINT = Duration.ofMinutes(10);

  private static final Map<String, String> NO_LIST = Map.of("bucket", "", "key", "");

  /** Two hours: of 1,000 pages each may take seven seconds. */
  private static final int MOST_STINTS = 12;

  /** After so many pages it is noted which ones are stored: they can be read, and a call that dies loses no more. */
  private static final int NOTED = 25;

  private final UploadStore uploads;
  private final PageStore pages;
  private final RunProgress progress;
  private final PagePictures pictures;
  private final GiveUp giveUpPages;
  private final LongSupplier nanos;

  /**
   * Makes the step.
   *
   * @param models that pictures of the pages are made for
   */
  public Split(UploadStore uploads, PageStore pages, RunProgress progress, PageModels models) {
    this(uploads, pages, progress, models, System::nanoTime);
  }

  /**
   * Makes the step.
   *
   * @param nanos a clock that only differences are taken of
   */
  Split(
    UploadStore uploads,
    PageStore pages,
    RunProgress progress,
    PageModels models,
    LongSupplier nanos
  ) {
    this.nanos = nanos;
    this.pictures = new PagePictures(pages, models);
    this.uploads = uploads;
    this.pages = pages;
    this.progress = progress;
    this.giveUpPages = new GiveUp(pages);
  }

  /**
   * Stores the pages of a run's upload and the manifest of them, after those that an earlier call of the run
   * has stored. A page that can't be drawn is given up by the job's policy; it is in the manifest, and in no
   * batch.
   *
   * @throws UploadRejected when the upload can't be read, whatever is tried
   * @throws DiskFull when there is no room for it at present
   */
  public Pages split(JobRun run) {
    return split(run, false);
  }

  /**
   * As {@link #split}, and stops in time where the document is long: the next call goes on. Of many pages
   * the first call stores no more than are read at once to begin with; the others come while these are read.
   *
   * @throws UploadRejected.TooMuchWork when so many calls have not come to its end
   */
  public Pages splitForAWhile(JobRun run) {
    return split(run, true);
  }

  private Pages split(JobRun run, boolean inStints) {
    var settings = JobSettings.load(pages, run.settings());
    var stint = storePages(run, settings, inStints);
    return stint.isWhole() ? whole(stint) : soFar(stint);
  }

  private Pages soFar(Stint stint) {
    var run = stint.run;
    var stopped = stint.soFar().stopped();
    if (stopped.stints() == MOST_STINTS) {
      throw new UploadRejected.TooMuchWork();
    }
    stopped.store(pages, run);
    progress.recordProgress(run, new Progress.Split(stint.pageCount));
    return pages(
      true,
      storeManifest(run, stopped),
      stint,
      stint.isReadMeanwhile() ? stint.wanted : List.of()
    );
  }

  private Pages whole(Stint stint) {
    var run = stint.run;
    var refs = stint.soFar().pages();
    var manifest = storeManifest(run, stint.soFar());
    progress.recordProgress(run, new Progress.Split(refs.size()));
    makeCurrent(run, refs);
    return pages(
      false,
      manifest,
      stint,
      stint.wanted
        .stream()
        .filter(page -> refs.get(page - 1).hasImage())
        .toList()
    );
  }

  private static Pages pages(boolean more, URI manifest, Stint stint, List<Integer> toRead) {
    var settings = stint.settings;
    return new Pages(
      more,
      manifest,
      stint.pageCount,
      settings.batches(toRead),
      stint.areMany() && !toRead.isEmpty(),
      NO_LIST,
      settings.concurrency(),
      settings.mayWait()
    );
  }

  private URI storeManifest(JobRun run, SplitSoFar soFar) {
    return pages.storeRecord(
      run.jobId(),
      "attempt-%d/manifest".formatted(run.attempt()),
      Json.bytes(new Manifest(run.jobId(), soFar.pages()))
    );
  }

  /** Once it is certain that the job is still this run's: a newer upload has pages of its own. */
  private void makeCurrent(JobRun run, List<PageRef> refs) {
    refs
      .stream()
      .filter(PageRef::hasImage)
      .gather(
        Gatherers.mapConcurrent(COPIES_AT_ONCE, page -> {
          pages.makeCurrent(run.jobId(), page.number(), page.image());
          return page;
        })
      )
      .forEach(page -> {});
  }

  private static List<Integer> wanted(JobRun run, JobSettings settings, int pageCount) {
    var all = IntStream.rangeClosed(1, pageCount).boxed().toList();
    var wanted = settings.onlyPages().orElse(all);
    if (wanted.getFirst() < 1 || wanted.getLast() > pageCount) {
      throw new ReplayInvalid(run.jobId(), "the document has pages 1 to " + pageCount);
    }
    return wanted;
  }

  private Stint storePages(JobRun run, JobSettings settings, boolean inStints) {
    try (
      var folder = WorkFolder.open();
      var stored = new AtOnce<PageRef>(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY)
    ) {
      var file = folder.path().resolve("upload");
      uploads.download(run.upload(), file, settings.limits().maxBytes());
      var fileName = run.upload().uploadKey().fileName();
      var stint = new Stint(run, settings, stored, inStints);
      DocumentSplitter.of(file, fileName).split(file, settings.limits(), stint);
      stint.end();
      return stint;
    } catch (UncheckedIOException e) {
      DiskFull.throwIfSo(e);
      throw e;
    } catch (IOException e) {
      DiskFull.throwIfSo(e);
      throw new UncheckedIOException(e);
    }
  }

  /** Its pixels, and what is made of them. */
  private long bytes(JobSettings settings, SplitPage page) {
    return switch (page) {
      case SplitPage.Drawn drawn -> drawn.bytes(pictures.wanted(settings, drawn));
      case SplitPage.Undrawn _ -> 0;
    };
  }

  private PageRef store(JobRun run, JobSettings settings, SplitPage page) {
    return switch (page) {
      case SplitPage.Drawn drawn -> {
        try {
          yield storeImage(run, settings, drawn);
        } catch (PageUndrawable why) {
          yield store(run, settings, new SplitPage.Undrawn(drawn.number(), why));
        }
      }
      case SplitPage.Undrawn without -> storeReason(run, settings, without);
    };
  }

  private PageRef storeImage(JobRun run, JobSettings settings, SplitPage.Drawn page) {
    var encoded = page.encoded(pictures.wanted(settings, page));
    var sha256 = Sha256.of(encoded.png());
    var image = pages.storePage(run.jobId(), encoded.png());
    Optional<URI> text = page.words().isEmpty()
      ? Optional.empty()
      : Optional.of(storeByContent(run, "words/%s", Json.bytes(page.words())));
    return new PageRef(
      page.number(),
      sha256,
      image,
      text,
      page.omissions(),
      pictures.store(run, sha256, encoded)
    );
  }

  /** Nobody is asked to read it: its row says why, or the job ends, by the job's policy. */
  private PageRef storeReason(JobRun run, JobSettings settings, SplitPage.Undrawn page) {
    byte[] record = Json.bytes(UndrawnRecord.of(page));
    var uri = storeByContent(run, "pages/%s.undrawn", record);
    if (
      settings
        .onlyPages()
        .filter(wanted -> !wanted.contains(page.number()))
        .isEmpty()
    ) {
      giveUpPages.giveUpOrThrow(run, page.number(), page.why());
    }
    return PageRef.undrawn(page.number(), Sha256.of(record), uri);
  }

  /** A record that no other takes the place of. */
  private URI storeByContent(JobRun run, String name, byte[] json) {
    return pages.storeRecord(run.jobId(), name.formatted(Sha256.of(json)), json);
  }

  /** One call's pages of a document. */
  private final class Stint implements PageSink {

    private final JobRun run;
    private final JobSettings settings;
    private final SplitSoFar before;
    private final AtOnce<PageRef> stored;
    private final long begun = nanos.getAsLong();
    private final boolean inStints;
    private List<PageRef> added = List.of();
    private List<Integer> wanted = List.of();
    private int count;
    private int pageCount;

    Stint(JobRun run, JobSettings settings, AtOnce<PageRef> stored, boolean inStints) {
      this.run = run;
      this.settings = settings;
      this.before = SplitSoFar.find(pages, run);
      this.stored = stored;
      this.inStints = inStints;
    }

    @Override
    public void begin(int ofTheDocument) {
      pageCount = ofTheDocument;
      wanted = wanted(run, settings, pageCount);
    }

    @Override
    public int first() {
      return before.pages().size() + 1;
    }

    /** One at least: it comes to an end, however slow. */
    @Override
    public boolean wantsMore() {
      return !inStints || count == 0 || !(isEnoughToBeginWith() || isOver());
    }

    private boolean isOver() {
      return nanos.getAsLong() - begun >= STINT.toNanos();
    }

    /** Whether there is a page for each that reads at first. */
    private boolean isEnoughToBeginWith() {
      if (!isReadMeanwhile() || !before.pages().isEmpty()) {
        return false;
      }
      int places = settings.concurrency().batches() * settings.classifyBatchSize();
      return count >= wanted.get(Math.min(places, wanted.size()) - 1);
    }

    boolean areMany() {
      return inStints && wanted.size() > settings.limits().inlinePages();
    }

    /** Not of a job that may wait: its questions are sent together. */
    boolean isReadMeanwhile() {
      return areMany() && !settings.mayWait();
    }

    @Override
    public void accept(SplitPage page) {
      stored.add(bytes(settings, page), () -> Split.this.store(run, settings, page));
      count++;
      if (count % NOTED == 0) {
        var known = before.with(stored.firstResults());
        known.store(pages, run);
        storeManifest(run, known);
      }
    }

    void end() {
      added = stored.results();
    }

    SplitSoFar soFar() {
      return before.with(added);
    }

    boolean isWhole() {
      return soFar().pages().size() == pageCount;
    }
  }

  /**
   * What later states need to know of the pages.
   *
   * @param more whether the document has more, which are split by a further call: before any is read, unless
   *     they are many
   * @param manifest where the {@link Manifest} is
   * @param batches page numbers, in the groups that are classified together; of many pages, those that are
   *     not split yet as well
   * @param manyPages whether they are read by a distributed map, as far as they are split
   * @param batchList where earlier definitions find the batches of many pages: nowhere, they get them as of few
   * @param concurrency how many batches, and pages of a batch, are worked on at once
   * @param mayWait whether the model's provider is asked by its batch interface first
   */
  public record Pages(
    boolean more,
    URI manifest,
    int pageCount,
    List<List<Integer>> batches,
    boolean manyPages,
    Map<String, String> batchList,
    Concurrency concurrency,
    boolean mayWait
  ) {}
}
