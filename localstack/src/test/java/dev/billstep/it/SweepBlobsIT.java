package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.job.JobId;
import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.settings.SettingsService;
import dev.billstep.storage.FileBlobStore;
import dev.billstep.storage.S3BlobStore;
import dev.billstep.supabase.SupabaseImageReferences;
import dev.billstep.supabase.SupabaseJobStore;
import dev.billstep.supabase.SupabaseSettingsStore;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepRounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The sweep of orphans, on a folder, a real S3 API and the real job table. The keys of uploads are
 * those of uploads, but in the bucket of pages: nothing is started by them there.
 */
@ExtendWith(OnEmbeddedStack.class)
class SweepBlobsIT {

  private static final String USER = UUID.randomUUID().toString();

  @TempDir
  Path folder;

  private final EmbeddedStack stack;
  private final Jobs jobs;

  /** A day and an hour from now: what is stored by then is older than its grace period. */
  private final Instant later = Instant.now().plus(Duration.ofHours(25));

  SweepBlobsIT(EmbeddedStack stack) {
    this.stack = stack;
    this.jobs = new Jobs(stack);
  }

  @Test
  void ofAThousandBlobsThoseOfJobsThatAreGoneAreDeletedAndNoOther() throws IOException {
    var live = IntStream.range(0, 10)
      .mapToObj(index -> jobs.make(folder.resolve("live.pdf")))
      .toList();
    var gone = IntStream.range(0, 10)
      .mapToObj(index -> new JobId(UUID.randomUUID()))
      .toList();
    try (var s3 = stack.s3()) {
      var kept = new TreeSet<String>();
      var orphans = new TreeSet<String>();
      for (int index = 0; index < 10; index++) {
        kept.addAll(files(live.get(index), 25, later.minus(Duration.ofHours(30))));
        orphans.addAll(files(gone.get(index), 25, later.minus(Duration.ofHours(30))));
        kept.addAll(files(gone.get(index), 10, "fresh", later.minus(Duration.ofHours(1))));
        kept.addAll(objects(s3, "uploads/%s/%s/file-".formatted(USER, live.get(index)), 10));
        orphans.addAll(objects(s3, "uploads/%s/%s/file-".formatted(USER, gone.get(index)), 20));
      }
      kept.addAll(file("jobs/readme.txt", Instant.EPOCH));
      kept.addAll(
        file(
          "jobs/%s".formatted(gone.getFirst().toString().toUpperCase(Locale.ROOT)),
          Instant.EPOCH
        )
      );
      kept.addAll(file("other/%s/page-1.png".formatted(gone.getFirst()), Instant.EPOCH));
      kept.addAll(objects(s3, "uploads/readme-", 20));
      kept.addAll(objects(s3, "uploads/%s/no-uuid/file-".formatted(USER), 77));
      assertThat(kept.size() + orphans.size()).isEqualTo(1_000);

      var found = new ArrayList<Blob>();
      sweep(s3).look(found::add);
      assertThat(ours(found, gone)).isEqualTo(orphans);
      assertThat(stored(s3)).containsAll(kept).containsAll(orphans);

      var swept = new ArrayList<Blob>();
      sweep(s3).sweep(swept::add);
      assertThat(ours(swept, gone)).isEqualTo(orphans);
      assertThat(stored(s3)).containsAll(kept).doesNotContainAnyElementsOf(orphans);
      found.clear();
      sweep(s3).look(found::add);
      assertThat(ours(found, gone)).isEmpty();
    }
  }

  private SweepBlobs sweep(S3Client s3) {
    var supabase = stack.database().supabase();
    var stores = new LinkedHashMap<String, BlobStore>();
    stores.put("pages", new FileBlobStore(folder));
    stores.put("uploads", new S3BlobStore(s3, stack.outputs().pageBucket(), "uploads/" + USER));
    return new SweepBlobs(
      stores,
      new SupabaseJobStore(supabase),
      new SupabaseImageReferences(supabase),
      new SettingsService(new SupabaseSettingsStore(supabase), InstantSource.system()),
      SweepRounds.NOT_KEPT,
      () -> later
    );
  }

  private static Set<String> ours(List<Blob> blobs, List<JobId> gone) {
    return blobs
      .stream()
      .filter(blob -> gone.contains(blob.jobId()))
      .map(Blob::key)
      .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<String> files(JobId job, int count, Instant at) throws IOException {
    return files(job, count, "page", at);
  }

  private List<String> files(JobId job, int count, String name, Instant at) throws IOException {
    var keys = IntStream.range(0, count)
      .mapToObj(index -> "jobs/%s/%s-%d.png".formatted(job, name, index))
      .toList();
    for (var key : keys) {
      file(key, at);
    }
    return keys;
  }

  private List<String> file(String key, Instant at) throws IOException {
    var file = folder.resolve(key);
    Files.createDirectories(file.getParent());
    Files.setLastModifiedTime(Files.writeString(file, "x"), FileTime.from(at));
    return List.of(key);
  }

  private List<String> objects(S3Client s3, String prefix, int count) {
    var keys = IntStream.range(0, count)
      .mapToObj(index -> prefix + index)
      .toList();
    keys
      .parallelStream()
      .forEach(key ->
        s3.putObject(
          request -> request.bucket(stack.outputs().pageBucket()).key(key),
          RequestBody.fromString("x")
        )
      );
    return keys;
  }

  private Set<String> stored(S3Client s3) throws IOException {
    var objects = s3
      .listObjectsV2Paginator(request -> request.bucket(stack.outputs().pageBucket()))
      .contents()
      .stream()
      .map(S3Object::key);
    try (var files = Files.walk(folder)) {
      var keys = files
        .filter(Files::isRegularFile)
        .map(file -> folder.relativize(file).toString())
        .toList();
      return Stream.concat(objects, keys.stream()).collect(Collectors.toSet());
    }
  }
}
