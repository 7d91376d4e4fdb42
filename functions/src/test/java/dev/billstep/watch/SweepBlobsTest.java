package dev.billstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.job.InMemoryJobs;
import dev.billstep.job.JobId;
import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.page.StorageUnavailable;
import dev.billstep.settings.SettingsSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The settings' limit is 1,000 deletions a call. */
class SweepBlobsTest {

  private static final JobId GONE = JobId.of("00000000-0000-4000-8000-000000000002");
  private static final JobId LIVE = JobId.of("00000000-0000-4000-8000-000000000003");

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final InMemoryRounds rounds = new InMemoryRounds();
  private final Stored pages = new Stored();
  private final Stored uploads = new Stored();
  private final List<Blob> swept = new ArrayList<>();
  private final Set<String> unreferenced = new HashSet<>();
  private Instant now = NOW;

  SweepBlobsTest() {
    jobs.add(LIVE, NOW);
  }

  @Test
  void moreThanOneCallMayDeleteIsDeletedByTheNext() {
    pages.add(GONE, 1_700);
    uploads.add(GONE, 800);
    assertThat(sweep()).isEqualTo(SweepOutcome.UNFINISHED);
    assertThat(swept).hasSize(1_000);
    assertThat(sweep()).isEqualTo(SweepOutcome.UNFINISHED);
    assertThat(sweep()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(swept).hasSize(2_500);
    assertThat(pages.blobs).isEmpty();
    assertThat(uploads.blobs).isEmpty();
  }

  @Test
  void imagesThatNoRowWasReadFromAreDeletedThoughTheirJobExists() {
    pages.add(LIVE, 3);
    unreferenced.add("jobs/%s/000001".formatted(LIVE));
    assertThat(sweep()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(swept).extracting(Blob::key).containsExactlyElementsOf(unreferenced);
    assertThat(pages.blobs).hasSize(2);
  }

  @Test
  void whatIsStoredForJobsThatExistIsPassedOverOnceARound() {
    pages.add(LIVE, 30_000);
    uploads.add(GONE, 1);
    pages.listed = () -> now = now.plus(Duration.ofMinutes(1));
    assertThat(sweep()).isEqualTo(SweepOutcome.UNFINISHED);
    assertThat(Duration.between(NOW, now)).isEqualTo(Duration.ofMinutes(12));
    sweep();
    assertThat(sweep()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(pages.listings).isEqualTo(30);
    assertThat(swept).hasSize(1);
  }

  @Test
  void whatWasFoundIsDeletedBeforeMoreIsLookedFor() {
    pages.add(GONE, 500);
    pages.add(LIVE, 1_500);
    pages.listed = () -> {
      if (pages.listings == 2) {
        throw unavailable();
      }
    };
    assertThatThrownBy(this::sweep).isInstanceOf(StorageUnavailable.class);
    assertThat(swept).hasSize(500);
    assertThat(pages.blobs).hasSize(1_500);
  }

  @Test
  void whatCanNotBeDeletedKeepsNothingElse() {
    pages.add(GONE, 1);
    uploads.add(GONE, 1);
    pages.deleting = () -> {
      throw unavailable();
    };
    assertThatThrownBy(this::sweep).isInstanceOf(StorageUnavailable.class);
    assertThat(uploads.blobs).isEmpty();
  }

  @Test
  void aLookFindsWhatASweepWouldDeleteAndLeavesItsPlaceAlone() {
    pages.add(GONE, 1_700);
    sweep();
    assertThat(sweepBlobs().look(swept::add)).isEqualTo(SweepOutcome.FINISHED);
    assertThat(swept).hasSize(1_700);
    assertThat(pages.blobs).hasSize(700);
    assertThat(sweep()).isEqualTo(SweepOutcome.FINISHED);
    assertThat(pages.blobs).isEmpty();
  }

  private SweepOutcome sweep() {
    return sweepBlobs().sweep(swept::add);
  }

  private SweepBlobs sweepBlobs() {
    var stores = new LinkedHashMap<String, BlobStore>();
    stores.put("pages", pages);
    stores.put("uploads", uploads);
    return new SweepBlobs(
      stores,
      jobs,
      keys -> keys.stream().filter(unreferenced::contains).toList(),
      SettingsSamples.service(),
      rounds,
      () -> now
    );
  }

  private static StorageUnavailable unavailable() {
    return new StorageUnavailable("s3://bucket", new IllegalStateException("busy"));
  }

  /** Blobs of two days ago. */
  private static final class Stored implements BlobStore {

    private final TreeMap<String, Blob> blobs = new TreeMap<>();
    private Runnable listed = () -> {};
    private Runnable deleting = () -> {};
    private int listings;

    void add(JobId job, int count) {
      for (int index = 0; index < count; index++) {
        var key = "jobs/%s/%06d".formatted(job, index);
        blobs.put(key, new Blob(job, key, NOW.minus(Duration.ofDays(2))));
      }
    }

    @Override
    public Portion portion(Optional<String> after, int limit) {
      listings++;
      listed.run();
      var rest = after.map(key -> blobs.tailMap(key, false)).orElse(blobs);
      var portion = rest.values().stream().limit(limit).toList();
      return new Portion(
        portion,
        portion.size() < rest.size() ? Optional.of(portion.getLast().key()) : Optional.empty()
      );
    }

    @Override
    public void delete(List<Blob> orphans) {
      deleting.run();
      orphans.forEach(blob -> blobs.remove(blob.key()));
    }
  }
}
