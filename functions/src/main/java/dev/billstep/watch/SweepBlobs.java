package dev.billstep.watch;

import dev.billstep.failure.TransientFailure;
import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.page.ImageReferences;
import dev.billstep.settings.SettingsService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/**
 * Deletes what was stored for jobs that no longer exist, and images of pages that no row was read
 * from, a grace period after they were stored. However much is stored, all of it has its turn: what one call does not come to is the next one's.
 */
public final class SweepBlobs {

  /** As its rounds are kept and measured. */
  public static final String NAME = "blobs";

  /** Its function's limit: no other call goes on before. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  private static final SweepCall.Pace PACE = new SweepCall.Pace(
    NAME,
    Duration.ofMinutes(12),
    LONGEST,
    Duration.ZERO
  );

  /** Blobs that are listed at once: a list of S3 has no more (Amazon S3 API reference, ListObjectsV2). */
  private static final int PORTION = 1_000;

  /** Jobs that are asked for in one request: their ids have to fit into a URL. */
  private static final int IDS_A_REQUEST = 100;

  private final SequencedMap<String, BlobStore> stores;
  private final JobStore jobs;
  private final ImageReferences images;
  private final SettingsService settings;
  private final SweepRounds rounds;
  private final InstantSource clock;

  /**
   * Sweeps nothing yet.
   *
   * @param stores by names that stay: the next call finds its place by them
   */
  public SweepBlobs(
    SequencedMap<String, BlobStore> stores,
    JobStore jobs,
    ImageReferences images,
    SettingsService settings,
    SweepRounds rounds,
    InstantSource clock
  ) {
    this.stores = stores;
    this.jobs = jobs;
    this.images = images;
    this.settings = settings;
    this.rounds = rounds;
    this.clock = clock;
  }

  /**
   * Deletes orphans, as many as one call may.
   *
   * @param swept is told of each, right after it was deleted
   * @throws TransientFailure when some could not be deleted, after all others were
   */
  public SweepOutcome sweep(Consumer<Blob> swept) {
    return new Call(rounds, BlobStore::delete, swept).run();
  }

  /**
   * Looks for orphans from the beginning, and deletes none.
   *
   * @param found is told of each that would have been deleted
   */
  public SweepOutcome look(Consumer<Blob> found) {
    return new Call(SweepRounds.NOT_KEPT, (store, orphans) -> {}, found).run();
  }

  private interface Deletion {
    void delete(BlobStore store, List<Blob> orphans);
  }

  /** What one call does. */
  private final class Call {

    private final SweepCall call;
    private final Deletion deletion;
    private final Consumer<Blob> swept;
    private final Instant before;
    private int left;

    Call(SweepRounds rounds, Deletion deletion, Consumer<Blob> swept) {
      var limits = settings.sweep();
      this.call = new SweepCall(rounds, PACE, clock);
      this.deletion = deletion;
      this.swept = swept;
      this.before = clock.instant().minus(Duration.ofHours(limits.graceHours()));
      this.left = limits.maxDeletions();
    }

    SweepOutcome run() {
      var parts = stores.sequencedEntrySet().stream().map(this::part).toList();
      return call.run(parts, () -> left == 0);
    }

    private SweepCall.Part part(Map.Entry<String, BlobStore> store) {
      return new SweepCall.Part(store.getKey(), after -> sweep(store.getValue(), after));
    }

    private Optional<String> sweep(BlobStore store, Optional<String> after) {
      var portion = store.portion(after, PORTION);
      var old = portion
        .blobs()
        .stream()
        .filter(blob -> blob.storedAt().isBefore(before))
        .toList();
      var orphans = orphans(old);
      var now = orphans.subList(0, Math.min(left, orphans.size()));
      call.attempt(() -> {
        deletion.delete(store, now);
        now.forEach(swept);
      });
      left -= now.size();
      // What may not be deleted by this call is found by the next one at the same place.
      return now.size() < orphans.size() ? Optional.of(now.getLast().key()) : portion.last();
    }
  }

  private List<Blob> orphans(List<Blob> blobs) {
    var gone = gone(blobs);
    var unreferenced = unreferenced(
      blobs
        .stream()
        .filter(blob -> !gone.contains(blob.jobId()))
        .map(Blob::key)
        .toList()
    );
    return blobs
      .stream()
      .filter(blob -> gone.contains(blob.jobId()) || unreferenced.contains(blob.key()))
      .toList();
  }

  private Set<String> unreferenced(List<String> keys) {
    return keys.isEmpty() ? Set.of() : Set.copyOf(images.unreferenced(keys));
  }

  private Set<JobId> gone(List<Blob> blobs) {
    var gone = new HashSet<JobId>();
    blobs
      .stream()
      .map(Blob::jobId)
      .distinct()
      .gather(Gatherers.windowFixed(IDS_A_REQUEST))
      .forEach(ids -> {
        gone.addAll(ids);
        jobs.existing(ids).forEach(gone::remove);
      });
    return gone;
  }
}
