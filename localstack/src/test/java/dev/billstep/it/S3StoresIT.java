package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.job.UploadedObject;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Picture;
import dev.billstep.page.Sha256;
import dev.billstep.page.UploadRejected;
import dev.billstep.storage.S3PageStore;
import dev.billstep.storage.S3UploadStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Pages and uploads in a real S3 API. */
@ExtendWith(OnEmbeddedStack.class)
class S3StoresIT {

  private static final long MAX_BYTES = 10;

  @TempDir
  Path folder;

  private final EmbeddedStack stack;
  private final S3Client s3;
  private final JobId job = new JobId(UUID.randomUUID());

  S3StoresIT(EmbeddedStack stack) {
    this.stack = stack;
    this.s3 = stack.s3();
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void aPageStaysAsItWasReadWhileAnotherOneBecomesThePresentOne() {
    var store = new S3PageStore(s3, stack.outputs().pageBucket());
    var present = "s3://%s/jobs/%s/page-3.png".formatted(stack.outputs().pageBucket(), job);
    var first = store.storePage(job, new byte[] { 0, -1, 127 });
    store.makeCurrent(job, 3, first);
    assertThat(store.fetch(URI.create(present))).isEqualTo(new byte[] { 0, -1, 127 });
    store.makeCurrent(job, 3, store.storePage(job, new byte[] { 1 }));
    assertThat(store.fetch(URI.create(present))).isEqualTo(new byte[] { 1 });
    assertThat(store.fetch(first)).isEqualTo(new byte[] { 0, -1, 127 });
    assertThat(
      s3
        .headObject(head -> head.bucket(stack.outputs().pageBucket()).key(present.split("/", 4)[3]))
        .contentType()
    ).isEqualTo("image/png");
  }

  @Test
  void anImageThatIsGoneCanNotBecomeThePresentOne() {
    var store = new S3PageStore(s3, stack.outputs().pageBucket());
    var gone = URI.create(
      "s3://%s/jobs/%s/pages/%s.png".formatted(stack.outputs().pageBucket(), job, Sha256.of("gone"))
    );
    assertThatThrownBy(() -> store.makeCurrent(job, 1, gone)).isInstanceOf(BlobMissing.class);
  }

  @Test
  void anObjectThatWasChangedIsNotGivenOutAsWhatItWas() {
    var store = new S3PageStore(s3, stack.outputs().pageBucket());
    var image = store.storePage(job, new byte[] { 1 });
    s3.putObject(
      put -> put.bucket(stack.outputs().pageBucket()).key(image.getPath().substring(1)),
      RequestBody.fromString("other")
    );
    assertThatThrownBy(() -> store.fetch(image)).isInstanceOf(BlobChanged.class);
  }

  @Test
  void aPictureIsOfItsMediaTypeAndCheckedByItsName() {
    var bucket = stack.outputs().pageBucket();
    var store = new S3PageStore(s3, bucket);
    var picture = store.storePicture(job, Sha256.of("a page"), Picture.Format.JPEG, new byte[] {
      1,
    });
    var key = picture.getPath().substring(1);
    assertThat(key).startsWith("jobs/%s/pictures/%s/".formatted(job, Sha256.of("a page")));
    assertThat(s3.headObject(head -> head.bucket(bucket).key(key)).contentType()).isEqualTo(
      "image/jpeg"
    );
    assertThat(store.fetch(picture)).containsExactly(1);
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("other"));
    assertThatThrownBy(() -> store.fetch(picture)).isInstanceOf(BlobChanged.class);
  }

  @Test
  void aRecordIsFoundByItsName() {
    var store = new S3PageStore(s3, stack.outputs().pageBucket());
    assertThat(store.findRecord(job, "results/one")).isEmpty();
    store.storeRecord(job, "results/one", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(store.findRecord(job, "results/one")).hasValue(
      "{}".getBytes(StandardCharsets.UTF_8)
    );
  }

  @Test
  void anObjectOfAnotherBucketIsNotThisStores() {
    var store = new S3PageStore(s3, stack.outputs().pageBucket());
    var uri = URI.create(
      "s3://%s/jobs/%s/page-1.png".formatted(stack.outputs().uploadBucket(), job)
    );
    assertThatThrownBy(() -> store.fetch(uri)).isInstanceOf(BlobMissing.class);
  }

  @Test
  void theVersionThatTheEventNamesIsDownloadedEvenWhenThereIsANewerOne() {
    var first = put("first");
    put("second");
    var file = folder.resolve("upload");
    new S3UploadStore(s3).download(first, file, MAX_BYTES);
    assertThat(file).hasContent("first");
  }

  @Test
  void anUploadThatWasDeletedIsGone() {
    var upload = new UploadedObject(
      stack.outputs().uploadBucket(),
      "none",
      Optional.empty(),
      "etag"
    );
    var store = new S3UploadStore(s3);
    var file = folder.resolve("upload");
    assertThatThrownBy(() -> store.download(upload, file, MAX_BYTES)).isInstanceOf(
      UploadRejected.Gone.class
    );
  }

  @Test
  void anUploadOverTheLimitIsRefusedBeforeItIsDownloaded() {
    var upload = put("more than ten bytes");
    var store = new S3UploadStore(s3);
    var file = folder.resolve("upload");
    assertThatThrownBy(() -> store.download(upload, file, MAX_BYTES))
      .isInstanceOf(UploadRejected.TooLarge.class)
      .hasMessageContaining("19 bytes; at most 10");
    assertThat(file).doesNotExist();
  }

  private UploadedObject put(String content) {
    var key = "not-watched/" + job;
    var put = s3.putObject(
      request -> request.bucket(stack.outputs().uploadBucket()).key(key),
      RequestBody.fromString(content)
    );
    assertThat(put.versionId()).as("the bucket keeps versions").isNotBlank();
    return new UploadedObject(
      stack.outputs().uploadBucket(),
      key,
      Optional.of(put.versionId()),
      put.eTag().replace("\"", "")
    );
  }
}
