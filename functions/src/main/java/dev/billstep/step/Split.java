package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.job.JobStore;
import dev.billstep.job.JobStore.Progress;
import dev.billstep.job.ReplayInvalid;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageSink;
import dev.billstep.page.PageStore;
import dev.billstep.page.Sha256;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.UploadRejected;
import dev.billstep.page.UploadStore;
import dev.billstep.settings.Concurrency;
import dev.billstep.settings.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Splits an upload into page images and a manifest of them. */
public final class Split {

  private final UploadStore uploads;
  private final PageStore pages;
  private final JobStore jobs;

  public Split(UploadStore uploads, PageStore pages, JobStore jobs) {
    this.uploads = uploads;
    this.pages = pages;
    this.jobs = jobs;
  }

  /**
   * Stores the pages of a run's upload and the manifest of them.
   *
   * @throws UploadRejected when the upload can't be read, whatever is tried
   */
  public Pages split(JobRun run) {
    var settings = JobSettings.load(pages, run.settings());
    var refs = storePages(run, settings.limits());
    var manifest = pages.storeRecord(
      run.jobId(),
      "attempt-%d/manifest".formatted(run.attempt()),
      Json.bytes(new Manifest(run.jobId(), refs))
    );
    jobs.recordProgress(run, new Progress.Split(refs.size()));
    var wanted = wanted(run, settings, refs.size());
    var batches = settings.batches(wanted);
    boolean areMany = wanted.size() > settings.limits().inlinePages();
    var list = areMany ? batchList(run, batches) : BatchList.NONE;
    boolean isListed = !list.equals(BatchList.NONE);
    return new Pages(
      manifest,
      refs.size(),
      isListed ? List.of() : batches,
      isListed,
      list,
      settings.concurrency()
    );
  }

  /** Only a bucket can be read by the state machine; what keeps pages in a folder has no history. */
  private BatchList batchList(JobRun run, List<List<Integer>> batches) {
    var name = "attempt-%d/batches".formatted(run.attempt());
    var uri = pages.storeRecord(run.jobId(), name, Json.bytes(batches));
    return "s3".equals(uri.getScheme())
      ? new BatchList(uri.getHost(), uri.getPath().substring(1))
      : BatchList.NONE;
  }

  private static List<Integer> wanted(JobRun run, JobSettings settings, int pageCount) {
    var all = IntStream.rangeClosed(1, pageCount).boxed().toList();
    var wanted = settings.onlyPages().orElse(all);
    if (wanted.getFirst() < 1 || wanted.getLast() > pageCount) {
      throw new ReplayInvalid(run.jobId(), "the document has the pages 1 to " + pageCount);
    }
    return wanted;
  }

  private List<PageRef> storePages(JobRun run, SplitLimits limits) {
    var refs = new ArrayList<PageRef>();
    PageSink store = (number, png, words) -> {
      var image = pages.storePage(run.jobId(), number, png);
      Optional<URI> text = words.isEmpty()
        ? Optional.empty()
        : Optional.of(
            pages.storeRecord(run.jobId(), "page-%d.words".formatted(number), Json.bytes(words))
          );
      refs.add(new PageRef(number, Sha256.of(png), image, text));
    };
    try {
      var folder = Files.createTempDirectory("billstep-upload");
      var file = folder.resolve("upload");
      try {
        uploads.download(run.upload(), file, limits.maxBytes());
        var fileName = run.upload().uploadKey().fileName();
        DocumentSplitter.of(file, fileName).split(file, limits, store);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return refs;
  }

  /**
   * What later states need to know of the pages.
   *
   * @param manifest where the {@link Manifest} is
   * @param batches page numbers, in the groups that are classified together; none where they are many
   * @param manyPages whether they are: then a distributed map reads them
   * @param batchList where the batches are then
   * @param concurrency how many batches, and pages of a batch, are worked on at once
   */
  public record Pages(
    URI manifest,
    int pageCount,
    List<List<Integer>> batches,
    boolean manyPages,
    BatchList batchList,
    Concurrency concurrency
  ) {}

  /** An object that is a JSON array of batches. */
  public record BatchList(String bucket, String key) {
    static final BatchList NONE = new BatchList("", "");
  }
}
