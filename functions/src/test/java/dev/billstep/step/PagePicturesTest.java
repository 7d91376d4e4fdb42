package dev.billstep.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.DocumentFiles;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Picture;
import dev.billstep.page.SeenWord;
import dev.billstep.page.StoredPicture;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.ModelKeys;
import dev.billstep.reading.NoKeys;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.PrintedWords;
import dev.billstep.reading.UnansweredCalls;
import dev.billstep.reading.Usage;
import dev.billstep.reading.Witness;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SettingsSamples;
import dev.billstep.storage.FilePageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model is sent of a page: a picture that was made when the page was split. */
class PagePicturesTest {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final Picture SMALL = new Picture(Picture.Format.JPEG, 120, 1_000_000);
  private static final Picture LARGE = new Picture(Picture.Format.PNG, 400, 1_000_000);

  @TempDir
  private Path folder;

  private FilePageStore store = new FilePageStore(Path.of("."));
  private DocumentFiles files = new DocumentFiles(Path.of("."));
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final Looking model = new Looking();
  private final PageModels models = new PageModels(List.of(model), new NoKeys());
  private final List<byte[]> witnessed = new ArrayList<>();
  private int runs;

  @BeforeEach
  void keepPagesInTheFolder() {
    store = new FilePageStore(folder.resolve("storage"));
    files = new DocumentFiles(folder);
  }

  @Test
  void aModelIsSentThePicturesThatWereMadeWithThePageAndNobodyTakesItsImage() throws IOException {
    var split = split(files.pdf(List.of("a page with words on it")), SettingsSamples.settings());
    var page = pages(split).getFirst();
    assertThat(page.pictures()).extracting(StoredPicture::of).containsExactly(SMALL, LARGE);
    var image = PageImage.load(store, page);
    var wanted = List.of(SMALL.of(image), LARGE.of(image));
    Files.delete(Path.of(page.image()));

    read(split, new PrintedWords(store, Optional.empty()));
    assertThat(model.sent).containsExactlyElementsOf(wanted);
  }

  @Test
  void aPicturesNameSaysOfWhichPageItIsAndWhatItShows() throws IOException {
    var split = split(files.pdf(List.of("one")), SettingsSamples.settings());
    var page = pages(split).getFirst();
    assertThat(page.pictures())
      .extracting(picture -> picture.at().getPath())
      .allMatch(path -> path.contains("/jobs/%s/pictures/%s/".formatted(JOB, page.sha256())))
      .satisfiesExactly(
        small -> assertThat(small).endsWith(".jpg"),
        large -> assertThat(large).endsWith(".png")
      );
  }

  @Test
  void aPictureThatWasChangedIsNotSent() throws IOException {
    var split = split(files.pdf(List.of("one")), SettingsSamples.settings());
    var other = split(files.pdf(List.of("two")), SettingsSamples.settings());
    var picture = Path.of(pages(split).getFirst().pictures().getFirst().at());
    var ofOther = Path.of(pages(other).getFirst().pictures().getFirst().at());
    Files.write(picture, Files.readAllBytes(ofOther));
    assertThatThrownBy(() -> read(split, printed())).isInstanceOf(BlobChanged.class);
    assertThat(model.sent).isEmpty();
  }

  @Test
  void aPictureThatIsGoneIsMadeOfTheImage() throws IOException {
    var split = split(files.pdf(List.of("one")), SettingsSamples.settings());
    var page = pages(split).getFirst();
    for (var picture : page.pictures()) {
      Files.delete(Path.of(picture.at()));
    }
    read(split, printed());
    var image = PageImage.load(store, page);
    assertThat(model.sent).containsExactly(SMALL.of(image), LARGE.of(image));
  }

  @Test
  void aPictureOfAnotherSizeIsNotTakenForTheOneThatTheModelIsSent() throws IOException {
    var split = split(files.pdf(List.of("one")), SettingsSamples.settings());
    model.toRead = new Picture(Picture.Format.PNG, 300, 1_000_000);
    read(split, printed());
    assertThat(model.sent.getLast()).isEqualTo(
      model.toRead.of(PageImage.load(store, pages(split).getFirst()))
    );
  }

  @Test
  void pagesThatWereSplitBeforeThereWerePicturesAreReadAllTheSame() throws IOException {
    var split = split(files.pdf(List.of("one")), SettingsSamples.settings());
    var before = Json.read(Files.readString(Path.of(split.manifest())));
    before.path("pages").forEach(page -> ((ObjectNode) page).remove("pictures"));
    Files.write(Path.of(split.manifest()), Json.bytes(before));
    assertThat(pages(split).getFirst().pictures()).isEmpty();
    read(split, printed());
    assertThat(model.sent).hasSize(2);
  }

  @Test
  void whoLooksForPrintedWordsIsGivenTheImageItself() throws IOException {
    var scan = files.scannedPdf(DocumentFiles.scan(600, 850), 0);
    var split = split(scan, SettingsSamples.settings());
    read(split, printed());
    assertThat(witnessed).containsExactly(store.fetch(pages(split).getFirst().image()));
  }

  @Test
  void aPageThatIsNotReadHasNoPictures() throws IOException {
    var settings = changed(json -> json.set("pages", Json.read("[2]")));
    var pages = pages(split(files.pdf(List.of("one", "two")), settings));
    assertThat(pages.getFirst().pictures()).isEmpty();
    assertThat(pages.getLast().pictures()).hasSize(2);
  }

  @Test
  void aPageWhoseWordsWillSayWhatItIsHasAPictureToReadAlone() throws IOException {
    var settings = changed(json -> {
      ((ObjectNode) json.path("model")).put("classifyByWords", 0.9);
      return json;
    });
    assertThat(
      pages(split(files.pdf(List.of("one")), settings))
        .getFirst()
        .pictures()
    )
      .extracting(StoredPicture::of)
      .containsExactly(LARGE);
    var scan = files.scannedPdf(DocumentFiles.scan(600, 850), 0);
    assertThat(pages(split(scan, settings)).getFirst().pictures()).hasSize(2);
  }

  @Test
  void aModelThatLooksAtTheImageItselfHasNoPictures() throws IOException {
    var settings = changed(json -> {
      ((ObjectNode) json.path("model")).put("provider", "somewhere else");
      return json;
    });
    assertThat(
      pages(split(files.pdf(List.of("one")), settings))
        .getFirst()
        .pictures()
    ).isEmpty();
  }

  private static JobSettings changed(UnaryOperator<ObjectNode> change) {
    var settings = Json.mapper().<ObjectNode>valueToTree(SettingsSamples.settings());
    return Json.mapper().convertValue(change.apply(settings), JobSettings.class);
  }

  private List<PageRef> pages(Stored split) {
    return Manifest.load(store, split.manifest()).pages();
  }

  private Stored split(Path file, JobSettings settings) {
    var upload = new UploadedObject(
      "bucket",
      "uploads/%s/%s/bill.pdf".formatted(USER, JOB),
      Optional.of("v1"),
      "etag"
    );
    var snapshot = store.storeRecord(JOB, "settings-" + file.getFileName(), Json.bytes(settings));
    runs++;
    var run = new JobRun(JOB, USER, "token", runs, upload, snapshot);
    var split = new Split((_, target, _) -> copy(file, target), store, jobs, models);
    return new Stored(run, split.split(run).manifest());
  }

  private static void copy(Path file, Path target) {
    try {
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Stored split, PrintedWords words) {
    UnansweredCalls answered = (_, _, _, _) -> new UnansweredCalls.Tally(0, 0);
    new Classify(store, models, jobs, (_, _) -> {}, answered, Optional.empty()).classify(
      split.run(),
      split.manifest(),
      List.of(1)
    );
    var checks = new FieldChecks(() -> Instant.parse("2027-01-01T00:00:00Z"));
    new Read(store, models, jobs, (_, _) -> {}, answered, words, checks).read(
      split.run(),
      split.manifest(),
      1
    );
  }

  private PrintedWords printed() {
    return new PrintedWords(store, Optional.of(new Eye()));
  }

  private record Stored(JobRun run, URI manifest) {}

  private final class Eye implements Witness {

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public List<SeenWord> words(PageImage page) {
      witnessed.add(page.bytes());
      return List.of();
    }
  }

  /** Keeps what it is sent. */
  private static final class Looking implements PageModelProvider, PageModel {

    private final List<byte[]> sent = new ArrayList<>();
    private Picture toRead = LARGE;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Optional<String> keyName() {
      return Optional.empty();
    }

    @Override
    public Optional<Picture> pictureToClassify(ModelSettings settings) {
      return Optional.of(SMALL);
    }

    @Override
    public Optional<Picture> pictureToRead(ModelSettings settings) {
      return Optional.of(toRead);
    }

    @Override
    public PageModel open(ModelSettings settings, ModelKeys keys) {
      return this;
    }

    @Override
    public Labels classify(List<PageImage> pages, Prompt prompt) {
      pages.forEach(page -> look(page, SMALL));
      return new Labels(List.of(new Label(DocType.BILL, 0.9)), Usage.NONE);
    }

    @Override
    public Answer read(PageImage page, DocTypeSchema schema) {
      look(page, toRead);
      return new Answer(Json.read("{\"text\": \"hello\"}"), "", List.of(), Usage.NONE);
    }

    @Override
    public Answer repair(PageImage page, DocTypeSchema schema, Answer first, List<String> why) {
      throw new AssertionError(why);
    }

    private void look(PageImage page, Picture picture) {
      try {
        sent.add(page.picture(picture));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
