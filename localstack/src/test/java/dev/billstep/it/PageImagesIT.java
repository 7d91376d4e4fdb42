package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.OperationRefused;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.Manifest;
import dev.billstep.page.Sha256;
import dev.billstep.page.StoredPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The image that a row or a revision names is what was read, whatever becomes of the upload. */
@ExtendWith(OnStackWithModelServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageImagesIT {

  @TempDir
  Path folder;

  private final EmbeddedStack stack;
  private final Jobs jobs;
  private final ModelServer model = ModelServer.start();

  PageImagesIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
    stack
      .database()
      .supabase()
      .upsert(
        "Settings",
        Map.of(
          "key",
          "model",
          "value",
          Map.of("provider", "openai", "model", "test", "baseUrl", model.baseUrl())
        )
      );
  }

  @BeforeEach
  void theModelAnswers() {
    model.behaveAsUsual();
  }

  @AfterAll
  void stopTheModel() {
    model.close();
  }

  @Test
  void afterAnotherUploadARevisionStillHasItsImage() {
    var job = jobs.upload(TypedPages.pdf(folder, "first", 1));
    jobs.ended(job);
    var before = image(job);
    var bytesBefore = stack.fetchPage(before);

    jobs.upload(job, TypedPages.pdf(folder, "second", 1));
    runs(job, 2);
    var after = image(job);
    assertThat(stack.fetchPage(after)).isNotEqualTo(bytesBefore);
    assertThat(jobs.revisions(job))
      .singleElement()
      .satisfies(revision -> {
        assertThat(uri(revision)).isEqualTo(before);
        assertThat(stack.fetchPage(uri(revision))).isEqualTo(bytesBefore);
      });
    var shown = new JobOperations(stack);
    assertThat(shown.image(job, 1, name(after))).isEqualTo(stack.fetchPage(after));
    assertThat(shown.image(job, 1, name(before)))
      .as("a revision's")
      .isEqualTo(bytesBefore);
    assertThatThrownBy(() -> shown.image(job, 1, "0".repeat(64) + ".png")).isInstanceOf(
      OperationRefused.class
    );
    assertThat(stack.fetchPage(after.resolve("../page-1.png")))
      .as("the present image, where its number says")
      .isEqualTo(stack.fetchPage(after));
  }

  @Test
  void whatWasChangedIsNotReadAndIsStoredAnewByTheNextRun() {
    var job = jobs.upload(TypedPages.pdf(folder, "changed", 1));
    jobs.ended(job);
    var image = image(job);
    model.behave(call -> {
      if (call.isClassification()) {
        write(image, new byte[] { 1 });
        pictures(image, 2).forEach(picture -> write(picture, new byte[] { 1 }));
      }
      return call.usualReply();
    });
    jobs.start(Map.of("jobId", job, "replay", Map.of("ignoreCache", true)));
    runs(job, 2);
    assertThat(jobs.row(job).path("error").asText()).isEqualTo("BlobChanged");
    assertThat(jobs.row(job).path("error_message").asText()).contains("was changed");
    assertThatThrownBy(() -> stack.fetchPage(image)).isInstanceOf(BlobChanged.class);
    assertThat(pictures(image, 2))
      .hasSize(2)
      .allSatisfy(picture ->
        assertThatThrownBy(() -> stack.fetchPage(picture)).isInstanceOf(BlobChanged.class)
      );

    model.behaveAsUsual();
    jobs.start(Map.of("jobId", job));
    runs(job, 3);
    assertThat(jobs.row(job).path("status").asText()).isEqualTo("processed");
    assertThat(image.getPath()).contains(Sha256.of(stack.fetchPage(image)));
    assertThat(pictures(image, 3)).allSatisfy(picture ->
      assertThat(picture.getPath()).contains(Sha256.of(stack.fetchPage(picture)))
    );
  }

  /** Those of the page that an attempt has made. */
  private List<URI> pictures(URI image, int attempt) {
    var manifest = stack.fetchPage(image.resolve("../attempt-%d/manifest.json".formatted(attempt)));
    return Json.read(manifest, Manifest.class)
      .pages()
      .getFirst()
      .pictures()
      .stream()
      .map(StoredPicture::at)
      .toList();
  }

  private void runs(JobId job, int attempt) {
    await()
      .atMost(Duration.ofMinutes(1))
      .until(() -> jobs.row(job).path("attempt").asInt() == attempt);
    jobs.ended(job);
  }

  private URI image(JobId job) {
    return uri(jobs.docs(job).getFirst());
  }

  private static String name(URI image) {
    return image.getPath().substring(image.getPath().lastIndexOf('/') + 1);
  }

  private static URI uri(JsonNode row) {
    return URI.create(row.path("storage_uri").asText());
  }

  private void write(URI image, byte[] bytes) {
    if ("file".equals(image.getScheme())) {
      try {
        Files.write(Path.of(image), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      try (var s3 = stack.s3()) {
        s3.putObject(
          put -> put.bucket(image.getHost()).key(image.getPath().substring(1)),
          RequestBody.fromBytes(bytes)
        );
      }
    }
  }
}
