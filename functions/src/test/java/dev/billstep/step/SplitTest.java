package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.job.ClaimLost;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.DiskFull;
import dev.billstep.page.DocumentFiles;
import dev.billstep.page.HostileFiles;
import dev.billstep.page.InMemoryPages;
import dev.billstep.page.Manifest;
import dev.billstep.page.Omission;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.PageUndrawable;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.StorageUnavailable;
import dev.billstep.page.UndrawnRecord;
import dev.billstep.page.UploadRejected;
import dev.billstep.page.UploadStore;
import dev.billstep.page.Word;
import dev.billstep.reading.UnreadPage;
import dev.billstep.settings.FailurePolicy;
import dev.billstep.settings.FailurePolicy.OnPageFailure;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.SettingsSamples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final SplitLimits LIMITS = new SplitLimits(1_000_000, 5, 4_000_000, 100, 5);

  private static final SplitLimits MANY_PAGES = new SplitLimits(1_000_000, 100, 4_000_000, 50, 200);
  private static final SplitLimits READ_MEANWHILE = new SplitLimits(
    1_000_000,
    100,
    4_000_000,
    50,
    5
  );

  @TempDir
  Path folder;

  private final InMemoryPages pages = new InMemoryPages();
  private final InMemoryJobs jobs = new InMemoryJobs();
  private URI lastManifest = URI.create("memory:/none");
  private DocumentFiles files = new DocumentFiles(Path.of("."));

  @BeforeEach
  void makeFilesInTheFolder() {
    files = new DocumentFiles(folder);
  }

  @Test
  void aPdfBecomesAnImageAPageWithTheTextThatItCarries() throws IOException {
    var split = split(files.pdf(List.of("first page", "second page")));

    assertThat(split.pageCount()).isEqualTo(2);
    var manifest = Manifest.load(pages, split.manifest());
    assertThat(manifest.pages()).extracting(PageRef::number).containsExactly(1, 2);
    var second = PageImage.load(pages, manifest.page(2));
    assertThat(second.words()).extracting(Word::text).containsExactly("second", "page");
    // A4 at 100 dpi.
    assertThat(image(second).getWidth()).isEqualTo(826);
    assertThat(image(second).getHeight()).isEqualTo(1169);
  }

  @Test
  void theWordsOfATextLayerStandWhereTheyArePrinted() throws IOException {
    var page = onlyPage(files.pdf(List.of("corner")));
    // Printed from 72 points off the left edge and 720 above the bottom, of 842, at 100 dpi.
    assertThat(page.words())
      .singleElement()
      .satisfies(word -> {
        assertThat(word.x()).isBetween(98.0, 102.0);
        assertThat(word.y() + word.height()).isBetween(165.0, 173.0);
      });
  }

  @Test
  void aScannedPageKeepsItsOwnResolutionAndSamples() throws IOException {
    var scan = DocumentFiles.scan(600, 850);
    var image = image(onlyPage(files.scannedPdf(scan, 0)));
    assertThat(samples(image)).isEqualTo(samples(scan));
  }

  @Test
  void aScanThatThePdfTurnsIsTurned() throws IOException {
    var image = image(onlyPage(files.scannedPdf(DocumentFiles.scan(600, 850), 90)));
    assertThat(image.getWidth()).isEqualTo(850);
    assertThat(image.getHeight()).isEqualTo(600);
    assertThat(image.getRaster().getSample(849, 0, 0))
      .as("the corner, now right")
      .isZero();
  }

  @Test
  void whatWasReadStaysWhenAnotherFileIsUploaded() throws IOException {
    var first = onlyPage(files.image(DocumentFiles.scan(600, 850), "png"));
    var before = Manifest.load(pages, lastManifest).page(1);
    var second = onlyPage(files.image(DocumentFiles.scan(300, 400), "png"));
    assertThat(second.sha256()).isNotEqualTo(first.sha256());
    assertThat(PageImage.load(pages, before).bytes()).isEqualTo(first.bytes());
    assertThat(pages.currentPage(JOB, 1)).isEqualTo(second.bytes());
  }

  @Test
  void aRunThatHasLostItsJobLeavesThePresentPagesAsTheyAre() throws IOException {
    var present = onlyPage(files.image(DocumentFiles.scan(600, 850), "png"));
    jobs.isLost(true);
    var late = files.image(DocumentFiles.scan(300, 400), "png");
    assertThatThrownBy(() -> split(late)).isInstanceOf(ClaimLost.class);
    assertThat(pages.currentPage(JOB, 1)).isEqualTo(present.bytes());
  }

  @Test
  void anImageThatWasChangedIsNotRead() throws IOException {
    onlyPage(files.image(DocumentFiles.scan(600, 850), "png"));
    var page = Manifest.load(pages, lastManifest).page(1);
    pages.change(page.image(), new byte[] { 1 });
    assertThatThrownBy(() -> PageImage.load(pages, page))
      .isInstanceOf(BlobChanged.class)
      .hasMessageContaining("was changed");
  }

  @Test
  void aPngIsKeptByteForByte() throws IOException {
    var file = files.image(DocumentFiles.scan(600, 850), "png");
    assertThat(onlyPage(file).bytes()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aJpegBecomesAPng() throws IOException {
    var page = onlyPage(files.image(DocumentFiles.scan(600, 850), "jpeg"));
    assertThat(image(page).getWidth()).isEqualTo(600);
  }

  @Test
  void everyImageOfATiffIsAPage() throws IOException {
    var split = split(
      files.tiff(List.of(DocumentFiles.scan(300, 400), DocumentFiles.scan(400, 300)))
    );
    assertThat(split.pageCount()).isEqualTo(2);
  }

  @Test
  void pagesAreClassifiedInBatchesOfTheSizeThatTheSettingsSay() throws IOException {
    var split = split(files.pdf(Collections.nCopies(5, "page")));
    assertThat(split.batches()).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
  }

  @Test
  void splittingTheSameUploadAgainGivesTheSame() throws IOException {
    var file = files.pdf(List.of("one", "two"));
    var first = Manifest.load(pages, split(file).manifest());
    var second = Manifest.load(pages, split(file).manifest());
    assertThat(second).isEqualTo(first);
  }

  @Test
  void howManyPagesThereAreIsNoted() throws IOException {
    split(files.pdf(List.of("one", "two")));
    assertThat(jobs.pageCount()).isEqualTo(2);
  }

  @Test
  void aTextFileThatIsNamedPdfIsRefusedWithASentence() {
    assertThatThrownBy(() -> split(files.bytes("Dear Sir".getBytes(StandardCharsets.UTF_8))))
      .isInstanceOf(UploadRejected.NotADocument.class)
      .hasMessageContaining("\"bill.pdf\" is no document or picture that can be read");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> split(files.bytes(new byte[0]))).isInstanceOf(
      UploadRejected.Empty.class
    );
  }

  @Test
  void aPdfWithAPasswordIsRefused() {
    assertThatThrownBy(() -> split(files.encryptedPdf()))
      .isInstanceOf(UploadRejected.Encrypted.class)
      .hasMessageContaining("Remove the protection");
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(files.image(DocumentFiles.scan(600, 850), "png"));
    assertThatThrownBy(() ->
      split(files.bytes(Arrays.copyOf(whole, whole.length / 2)))
    ).isInstanceOf(PageUndrawable.Damaged.class);
    assertThatThrownBy(() ->
      split(files.bytes("%PDF-1.7 and nothing more".getBytes(StandardCharsets.UTF_8)))
    ).isInstanceOf(UploadRejected.Corrupt.class);
  }

  @Test
  void aDocumentWithTooManyPagesIsRefusedBeforeAnyIsStored() throws IOException {
    var file = files.pdf(Collections.nCopies(6, "page"));
    assertThatThrownBy(() -> split(file))
      .isInstanceOf(UploadRejected.TooManyPages.class)
      .hasMessageContaining("6 pages; at most 5");
    assertThat(pages.storedPages()).isZero();
  }

  @Test
  void aPageWithTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    var file = files.image(DocumentFiles.scan(3000, 2000), "png");
    assertThatThrownBy(() -> split(file))
      .isInstanceOf(PageUndrawable.TooManyPixels.class)
      .hasMessageContaining("Page 1 has 3,000 × 2,000 pixels");
  }

  @Test
  void aPageThatCanNotBeDrawnIsGivenUpAndTheOthersGoOn() throws IOException {
    var split = split(files.bytes(HostileFiles.oneBadPage()));
    assertThat(split.pageCount()).isEqualTo(3);
    assertThat(split.batches()).containsExactly(List.of(1, 3));
    assertThat(UnreadPage.find(pages, run(SettingsSamples.with(2, LIMITS)), 2)).hasValueSatisfying(
      unread -> {
        assertThat(unread.error()).isEqualTo("PageUndrawable.NoSize");
        assertThat(unread.sentence()).startsWith("Page 2 has no usable size");
      }
    );
    var undrawn = Manifest.load(pages, split.manifest()).page(2);
    assertThat(undrawn.image())
      .asString()
      .matches("memory:/jobs/%s/pages/[0-9a-f]{64}\\.undrawn\\.json".formatted(JOB));
    assertThat(Json.read(pages.fetch(undrawn.image()), UndrawnRecord.class).sentence()).startsWith(
      "Page 2 has no usable size"
    );
  }

  @Test
  void underTheFatalPolicyAPageThatCanNotBeDrawnEndsTheStep() throws IOException {
    var fatal = new FailurePolicy(OnPageFailure.FATAL, 0);
    var file = files.bytes(HostileFiles.oneBadPage());
    assertThatThrownBy(() ->
      split(file, SettingsSamples.with(SettingsSamples.MODEL, fatal))
    ).isInstanceOf(PageUndrawable.NoSize.class);
  }

  @Test
  void whatIsMissingOnAPageIsNotedWithIt() throws IOException {
    var split = split(files.bytes(HostileFiles.damagedImage()));
    assertThat(Manifest.load(pages, split.manifest()).page(1).omissions()).containsExactly(
      Omission.IMAGE
    );
  }

  @Test
  void aFullDiskIsNoDamagedFile() {
    var full = new FileSystemException("upload", null, "No space left on device");
    assertThatThrownBy(() ->
      split(SettingsSamples.with(2, LIMITS), (upload, target, maxBytes) -> {
        throw new UncheckedIOException(full);
      })
    ).isInstanceOf(DiskFull.class);
  }

  @Test
  void aLongDocumentIsSplitOnUntilItsEnd() throws IOException {
    var file = files.pdf(List.of("one", "two", "three", "four", "five"));
    var atOnce = Manifest.load(pages, split(file).manifest());

    var run = run(SettingsSamples.with(2, LIMITS));
    var split = splitWhoseClockGoesOnBy(Duration.ofMinutes(4), file, pages);
    var first = split.splitForAWhile(run);
    assertThat(first.more()).isTrue();
    assertThat(first.pageCount()).isEqualTo(5);
    assertThat(first.batches()).isEmpty();
    assertThat(Manifest.load(pages, first.manifest()).pages()).hasSizeBetween(1, 4);

    var last = split.splitForAWhile(run);
    while (last.more()) {
      last = split.splitForAWhile(run);
    }
    assertThat(Manifest.load(pages, last.manifest())).isEqualTo(atOnce);
    assertThat(last.batches()).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(pages.currentPage(JOB, 5)).isNotEmpty();
  }

  @Test
  void ofManyPagesNoMoreAreSplitAtFirstThanAreReadAtOnce() throws IOException {
    var texts = IntStream.rangeClosed(1, 60).mapToObj("page %d"::formatted).toList();
    var run = run(SettingsSamples.with(2, READ_MEANWHILE));
    var split = splitWhoseClockGoesOnBy(Duration.ZERO, files.pdf(texts), pages);
    var first = split.splitForAWhile(run);
    assertThat(first.more()).isTrue();
    assertThat(first.manyPages()).isTrue();
    int places = 2 * first.concurrency().batches();
    assertThat(Manifest.load(pages, first.manifest()).pages()).hasSize(places);
    assertThat(first.batches()).hasSize(30).last().isEqualTo(List.of(59, 60));

    var rest = split.splitForAWhile(run);
    assertThat(rest.more()).isFalse();
    assertThat(rest.manifest()).isEqualTo(first.manifest());
    assertThat(Manifest.load(pages, rest.manifest()).pages())
      .extracting(PageRef::number)
      .isEqualTo(IntStream.rangeClosed(1, 60).boxed().toList());
    assertThat(pages.currentPage(JOB, 60)).isNotEmpty();
  }

  @Test
  void manyPagesOfAnEarlierFlowAreSplitAtOnceAndReadAsFew() throws IOException {
    var file = files.pdf(List.of("one", "two", "three", "four", "five", "six"));
    var split = split(file, SettingsSamples.with(2, READ_MEANWHILE));
    assertThat(split.more()).isFalse();
    assertThat(split.manyPages()).isFalse();
    assertThat(split.batches()).hasSize(3);
  }

  @Test
  void pagesThatCanBeReadAlreadyAreInTheManifestWhileTheOthersAreSplit() throws IOException {
    var texts = IntStream.rangeClosed(1, 60).mapToObj("page %d"::formatted).toList();
    var run = run(SettingsSamples.with(2, READ_MEANWHILE));
    var store = new StoreThatFailsAt(pages, 55);
    var split = splitWhoseClockGoesOnBy(Duration.ZERO, files.pdf(texts), store);
    var first = split.splitForAWhile(run);
    int before = Manifest.load(pages, first.manifest()).pages().size();
    assertThatThrownBy(() -> split.splitForAWhile(run)).isInstanceOf(StorageUnavailable.class);
    assertThat(Manifest.load(pages, first.manifest()).pages().size()).isGreaterThan(before);
  }

  @Test
  void aDocumentThatComesToNoEndIsRefused() throws IOException {
    var file = files.pdf(Collections.nCopies(13, "page"));
    var run = run(SettingsSamples.with(2, MANY_PAGES));
    var split = splitWhoseClockGoesOnBy(Duration.ofMinutes(11), file, pages);
    for (int call = 1; call <= 11; call++) {
      assertThat(split.splitForAWhile(run).more()).isTrue();
    }
    assertThatThrownBy(() -> split.splitForAWhile(run)).isInstanceOf(
      UploadRejected.TooMuchWork.class
    );
  }

  @Test
  void aCallThatDiesIsTakenUpAfterThePagesThatAreStored() throws IOException {
    var texts = IntStream.rangeClosed(1, 60).mapToObj("page %d"::formatted).toList();
    var file = files.pdf(texts);
    var run = run(SettingsSamples.with(2, MANY_PAGES));
    var store = new StoreThatFailsAt(pages, 55);
    var split = splitWhoseClockGoesOnBy(Duration.ZERO, file, store);
    assertThatThrownBy(() -> split.split(run)).isInstanceOf(StorageUnavailable.class);
    int before = store.stored.getAndSet(1000);

    var manifest = Manifest.load(pages, split.split(run).manifest());
    assertThat(manifest.pages())
      .extracting(PageRef::number)
      .isEqualTo(IntStream.rangeClosed(1, 60).boxed().toList());
    assertThat(manifest.pages()).extracting(PageRef::sha256).doesNotHaveDuplicates();
    assertThat(before).isGreaterThanOrEqualTo(55);
    assertThat(store.stored.get() - 1000).isLessThan(60);
  }

  @Test
  void anotherRunOfTheJobSplitsFromTheFirstPageOn() throws IOException {
    var file = files.pdf(List.of("one", "two", "three"));
    var run = run(SettingsSamples.with(2, LIMITS));
    var split = splitWhoseClockGoesOnBy(Duration.ofMinutes(11), file, pages);
    assertThat(split.splitForAWhile(run).more()).isTrue();
    var next = new JobRun(JOB, USER, "token", 2, run.upload(), run.settings());
    var manifest = split.splitForAWhile(next).manifest();
    assertThat(Manifest.load(pages, manifest).pages())
      .extracting(PageRef::number)
      .containsExactly(1);
  }

  private Split splitWhoseClockGoesOnBy(Duration eachTime, Path file, PageStore store) {
    var nanos = new AtomicLong();
    return new Split((upload, target, maxBytes) -> copy(file, target), store, jobs, () ->
      nanos.addAndGet(eachTime.toNanos())
    );
  }

  private PageImage onlyPage(Path file) {
    lastManifest = split(file).manifest();
    var manifest = Manifest.load(pages, lastManifest);
    assertThat(manifest.pages()).hasSize(1);
    return PageImage.load(pages, manifest.page(1));
  }

  private Split.Pages split(Path file) {
    return split(file, SettingsSamples.with(2, LIMITS));
  }

  private Split.Pages split(Path file, JobSettings settings) {
    return split(settings, (object, target, maxBytes) -> copy(file, target));
  }

  private Split.Pages split(JobSettings settings, UploadStore uploads) {
    return new Split(uploads, pages, jobs).split(run(settings));
  }

  private JobRun run(JobSettings settings) {
    var snapshot = pages.storeRecord(JOB, "settings", Json.bytes(settings));
    var upload = new UploadedObject(
      "bucket",
      "uploads/%s/%s/bill.pdf".formatted(USER, JOB),
      Optional.of("v1"),
      "etag"
    );
    return new JobRun(JOB, USER, "token", 1, upload, snapshot);
  }

  private static void copy(Path file, Path target) {
    try {
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage image(PageImage page) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(page.bytes()));
  }

  private static int[] samples(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Does not answer once, after so many pages. */
  private static final class StoreThatFailsAt implements PageStore {

    private final PageStore store;
    private final int page;
    private final AtomicInteger stored = new AtomicInteger();

    StoreThatFailsAt(PageStore store, int page) {
      this.store = store;
      this.page = page;
    }

    @Override
    public URI storePage(JobId jobId, byte[] png) {
      if (stored.incrementAndGet() == page) {
        throw new StorageUnavailable("memory:/", new IOException("as the test wants it"));
      }
      return store.storePage(jobId, png);
    }

    @Override
    public void makeCurrent(JobId jobId, int pageNumber, URI image) {
      store.makeCurrent(jobId, pageNumber, image);
    }

    @Override
    public byte[] fetch(URI uri) {
      return store.fetch(uri);
    }

    @Override
    public URI storeRecord(JobId jobId, String name, byte[] json) {
      return store.storeRecord(jobId, name, json);
    }

    @Override
    public Optional<byte[]> findRecord(JobId jobId, String name) {
      return store.findRecord(jobId, name);
    }
  }
}
