package dev.billstep.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import dev.billstep.job.UploadedObject;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.page.InMemoryPages;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Sha256;
import dev.billstep.settings.DocTypeSchema;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Prompt;
import dev.billstep.settings.SettingsSamples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingPagesTest {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");
  private static final JobId JOB = JobId.of("00000000-0000-4000-8000-000000000002");

  private final InMemoryPages pages = new InMemoryPages();
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final Scripted model = new Scripted();
  private final PageModels models = new PageModels(List.of(model));
  private final ClassifyPages classifyPages = new ClassifyPages(pages, models, jobs);
  private final ReadPage readPage = new ReadPage(
    pages,
    models,
    jobs,
    new FieldChecks(InstantSource.system())
  );

  @Test
  void aBatchIsClassifiedInOneCall() {
    var run = run(SettingsSamples.settings());
    classifyPages.classify(run, manifest("a", "b", "c"), List.of(1, 2, 3));
    assertThat(model.calls).containsExactly("classify 1,2,3");
    assertThat(jobs.classified()).containsExactly(1, 2, 3);
  }

  @Test
  void aRetryAsksOnlyForPagesWithoutAClassification() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b", "c");
    classifyPages.classify(run, manifest, List.of(1, 2));
    classifyPages.classify(run, manifest, List.of(1, 2, 3));
    classifyPages.classify(run, manifest, List.of(1, 2, 3));
    assertThat(model.calls).containsExactly("classify 1,2", "classify 3");
  }

  @Test
  void aPageIsReadOnceHoweverOftenItIsAskedFor() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    readPage.read(run, manifest, 1);
    readPage.read(run, manifest, 1);
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill");
    assertThat(jobs.read()).containsExactly(1);
  }

  @Test
  void anotherModelPromptOrSchemaIsAnotherQuestion() {
    var settings = SettingsSamples.settings();
    var page = new PageRef(1, Sha256.of("a"), URI.create("memory:/a"), Optional.empty());
    var schema = settings.schemaOf(DocType.BILL);
    var otherModel = new JobSettings(
      new ModelSettings("scripted", "two"),
      settings.classifyPrompt(),
      settings.classifyBatchSize(),
      settings.limits(),
      settings.schemas()
    );
    assertThat(
      List.of(
        ResultAddress.reading(page, settings, schema),
        ResultAddress.reading(page, otherModel, schema),
        ResultAddress.reading(page, settings, SettingsSamples.schema(DocType.BILL, 2)),
        ResultAddress.reading(page, settings, SettingsSamples.schema(DocType.EWAY_BILL, 1)),
        ResultAddress.classification(page, settings),
        ResultAddress.classification(page, otherModel)
      )
    ).doesNotHaveDuplicates();
  }

  @Test
  void aModelThatLabelsTooFewPagesIsRefused() {
    model.labels = 1;
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a", "b");
    assertThatThrownBy(() -> classifyPages.classify(run, manifest, List.of(1, 2)))
      .isInstanceOf(ModelAnswerInvalid.class)
      .hasMessageContaining("1 labels for 2 pages");
  }

  @Test
  void fieldsThatDoNotSatisfyTheSchemaAreRefusedAndNotKept() {
    var run = run(SettingsSamples.settings());
    var manifest = manifest("a");
    classifyPages.classify(run, manifest, List.of(1));
    model.fields = "{\"text\": 7}";
    assertThatThrownBy(() -> readPage.read(run, manifest, 1))
      .isInstanceOf(ModelAnswerInvalid.class)
      .hasMessageContaining("Page 1 could not be read")
      .hasMessageContaining("/text");
    model.fields = "{\"text\": \"seven\"}";
    readPage.read(run, manifest, 1);
    assertThat(model.calls).containsExactly("classify 1", "read 1 bill", "read 1 bill");
  }

  @Test
  void aProviderThatIsNotHereIsNamedWithThoseThatAre() {
    var absent = new ModelSettings("absent", "one");
    assertThatThrownBy(() -> models.model(absent))
      .hasMessageContaining("no provider \"absent\"")
      .hasMessageContaining("scripted");
  }

  private JobRun run(JobSettings settings) {
    var upload = new UploadedObject("bucket", "key", Optional.empty(), "etag");
    var snapshot = pages.storeRecord(JOB, "settings", Json.bytes(settings));
    return new JobRun(JOB, USER, "token", 1, upload, snapshot);
  }

  private URI manifest(String... contents) {
    var refs = IntStream.rangeClosed(1, contents.length)
      .mapToObj(number -> page(number, contents[number - 1]))
      .toList();
    return pages.storeRecord(JOB, "manifest", Json.bytes(new Manifest(JOB, refs)));
  }

  private PageRef page(int number, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var image = pages.storePage(JOB, number, bytes);
    return new PageRef(number, Sha256.of(bytes), image, Optional.empty());
  }

  /** Takes every page for a bill, and writes down what it is asked. */
  private static final class Scripted implements PageModelProvider, PageModel {

    private final List<String> calls = new ArrayList<>();
    private String fields = "{\"text\": \"hello\"}";
    private int labels = Integer.MAX_VALUE;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public PageModel open(ModelSettings settings) {
      return this;
    }

    @Override
    public List<Label> classify(List<PageImage> pages, Prompt prompt) {
      calls.add(
        "classify " +
          String.join(
            ",",
            pages
              .stream()
              .map(page -> "" + page.number())
              .toList()
          )
      );
      return pages
        .stream()
        .limit(labels)
        .map(page -> new Label(DocType.BILL, 0.9))
        .toList();
    }

    @Override
    public Answer read(PageImage page, DocTypeSchema schema) {
      calls.add("read %d %s".formatted(page.number(), schema.docType().label()));
      return new Answer(
        Json.read(fields.getBytes(StandardCharsets.UTF_8), JsonNode.class),
        "hello"
      );
    }
  }
}
