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
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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

  private static final Duration NO_END = Duration.ofDays(1);

  /** Two hours: of 1,000 pages each may take seven seconds. */
  private static final int MOST_STINTS = 12;

  /** After so many pages it is noted which ones are stored: a call that dies loses no more. */
  private static final int NOTED = 50;

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
    return split(run, NO_END);
  }

  /**
   * As {@link #split}, and stops in time where the document is long: the next call goes on.
   *
   * @throws UploadRejected.TooMuchWork when so many calls have not come to its end
   */
  public Pages splitForAWhile(JobRun run) {
    return split(run, STINT);
  }

  private Pages split(JobRun run, Duration longest) {
    var settings = JobSettings.load(pages, run.settings());
    var stint = storePages(run, settings, longest);
    return stint.isWhole() ? whole(run, settings, stint.soFar()) : soFar(run, settings, stint);
  }

  private Pages soFar(JobRun run, JobSettings settings, Stint stint) {
    var stopped = stint.soFar().stopped();
    if (stopped.stints() == MOST_STINTS) {
      throw new UploadRejected.TooMuchWork();
    }
    stopped.store(pages, run);
    var manifest = storeManifest(run, stopped);
    return new Pages(
      true,
      manifest,
      stint.pageCount,
      List.of(),
      false,
      BatchList.NONE,
      settings.concurrency(),
      false
    );
  }

  private URI storeManifest(JobRun run, SplitSoFar soFar) {
    var refs = soFar.pages().stream().map(SplitSoFar.Stored::ref).toList();
    return pages.storeRecord(
      run.jobId(),
      "attempt-%d/manifest".formatted(run.attempt()),
      Json.bytes(new Manifest(run.jobId(), refs))
    );
  }

  private Pages whole(JobRun run, JobSettings settings, SplitSoFar all) {
    var stored = all.pages();
    var refs = stored.stream().map(SplitSoFar.Stored::ref).toList();
    var undrawn = stored
      .stream()
      .filter(page -> !page.drawn())
      .map(page -> page.ref().number())
      .collect(Collectors.toSet());
    var manifest = storeManifest(run, all);
    progress.recordProgress(run, new Progress.Split(refs.size()));
    makeCurrent(run, refs, undrawn);
    var wanted = wanted(run, settings, refs.size())
      .stream()
      .filter(page -> !undrawn.contains(page))
      .toList();
    var batches = settings.batches(wanted);
    boolean areMany = wanted.size() > settings.limits().inlinePages();
    var list = areMany ? batchList(run, batches) : BatchList.NONE;
    boolean isListed = !list.equals(BatchList.NONE);
    return new Pages(
      false,
      manifest,
      refs.size(),
      isListed ? List.of() : batches,
      isListed,
      list,
      settings.concurrency(),
      settings.mayWait()
    );
  }

  /** Once it is certain that the job is still this run's: a newer upload has pages of its own. */
  private void makeCurrent(JobRun run, List<PageRef> refs, Set<Integer> undrawn) {
    refs
      .stream()
      .filter(page -> !undrawn.contains(page.number()))
      .gather(
        Gatherers.mapConcurrent(COPIES_AT_ONCE, page -> {
          pages.makeCurrent(run.jobId(), page.number(), page.image());
          return page;
        })
      )
      .forEach(page -> {});
  }

  /** Only a bucket can be read by the state machine; what keeps pages in a folder has no history. */
  private BatchList batchList(JobRun run, List<List<Integer>> batches) {
    var uri = pages.storeRecord(run.jobId(), batchListName(run), Json.bytes(batches));
    return "s3".equals(uri.getScheme())
      ? new BatchList(uri.getHost(), uri.getPath().substring(1))
      : BatchList.NONE;
  }

  /** Of the record that is the list of a run's many batches. */
  static String batchListName(JobRun run) {
    return "attempt-%d/batches".formatted(run.attempt());
  }

  private static List<Integer> wanted(JobRun run, JobSettings settings, int pageCount) {
    var all = IntStream.rangeClosed(1, pageCount).boxed().toList();
    var wanted = settings.onlyPages().orElse(all);
    if (wanted.getFirst() < 1 || wanted.getLast() > pageCount) {
      throw new ReplayInvalid(run.jobId(), "the document has pages 1 to " + pageCount);
    }
    return wanted;
  }

  private Stint storePages(JobRun run, JobSettings settings, Duration longest) {
    try (
      var folder = WorkFolder.open();
      var stored = new AtOnce<SplitSoFar.Stored>(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY)
    ) {
      var file = folder.path().resolve("upload");
      uploads.download(run.upload(), file, settings.limits().maxBytes());
      var fileName = run.upload().uploadKey().fileName();
      var stint = new Stint(run, settings, stored, longest);
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

  private SplitSoFar.Stored store(JobRun run, JobSettings settings, SplitPage page) {
    return switch (page) {
      case SplitPage.Drawn drawn -> {
        try {
          yield new SplitSoFar.Stored(storeImage(run, settings, drawn), true);
        } catch (PageUndrawable why) {
          yield store(run, settings, new SplitPage.Undrawn(drawn.number(), why));
        }
      }
      case SplitPage.Undrawn without -> new SplitSoFar.Stored(
        storeReason(run, settings, without),
        false
      );
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
    return new PageRef(page.number(), Sha256.of(record), uri, Optional.empty());
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
    private final AtOnce<SplitSoFar.Stored> stored;
    private final long begun = nanos.getAsLong();
    private final Duration longest;
    private List<SplitSoFar.Stored> added = List.of();
    private int count;
    private int pageCount;

    Stint(JobRun run, JobSettings settings, AtOnce<SplitSoFar.Stored> stored, Duration longest) {
      this.run = run;
      this.settings = settings;
      this.before = SplitSoFar.find(pages, run);
      this.stored = stored;
      this.longest = longest;
    }

    @Override
    public void begin(int ofTheDocument) {
      pageCount = ofTheDocument;
    }

    @Override
    public int first() {
      return before.pages().size() + 1;
    }

    /** One at least: it comes to an end, however slow. */
    @Override
    public boolean wantsMore() {
      return count == 0 || nanos.getAsLong() - begun < longest.toNanos();
    }

    @Override
    public void accept(SplitPage page) {
      stored.add(bytes(settings, page), () -> Split.this.store(run, settings, page));
      count++;
      if (count % NOTED == 0) {
        before.with(stored.firstResults()).store(pages, run);
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
   * @param more whether the document has more: then it is split on, and the rest is not known yet
   * @param manifest where the {@link Manifest} is
   * @param batches page numbers, in the groups that are classified together; none where they are many
   * @param manyPages whether they are: then a distributed map reads them
   * @param batchList where the batches are then
   * @param concurrency how many batches, and pages of a batch, are worked on at once
   * @param mayWait whether the model's provider is asked by its batch interface first
   */
  public record Pages(
    boolean more,
    URI manifest,
    int pageCount,
    List<List<Integer>> batches,
    boolean manyPages,
    BatchList batchList,
    Concurrency concurrency,
    boolean mayWait
  ) {}

  /** An object that is a JSON array of batches. */
  public record BatchList(String bucket, String key) {
    static final BatchList NONE = new BatchList("", "");
  }
}
