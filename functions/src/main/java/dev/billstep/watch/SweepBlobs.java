package dev.billstep.watch;

import dev.billstep.job.JobId;
import dev.billstep.job.JobStore;
import dev.billstep.page.Blob;
import dev.billstep.page.BlobStore;
import dev.billstep.settings.SettingsService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes what was stored for jobs that no longer exist, a grace period after it was stored. */
public final class SweepBlobs {

  /** Blobs whose jobs are asked for in one request: their ids have to fit into a URL. */
  private static final int PART = 100;

  private final List<BlobStore> stores;
  private final JobStore jobs;
  private final SettingsService settings;
  private final InstantSource clock;

  public SweepBlobs(
    List<BlobStore> stores,
    JobStore jobs,
    SettingsService settings,
    InstantSource clock
  ) {
    this.stores = List.copyOf(stores);
    this.jobs = jobs;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Deletes orphans, as many as one run may.
   *
   * @param dryRun whether they are only named
   */
  public Swept sweep(boolean dryRun) {
    var limits = settings.sweep();
    var before = clock.instant().minus(Duration.ofHours(limits.graceHours()));
    var swept = new ArrayList<Blob>();
    for (var store : stores) {
      var orphans = orphans(store, before, limits.maxDeletions() - swept.size());
      if (!dryRun && !orphans.isEmpty()) {
        store.delete(orphans);
      }
      swept.addAll(orphans);
    }
    return new Swept(swept, dryRun, swept.size() == limits.maxDeletions());
  }

  private List<Blob> orphans(BlobStore store, Instant before, int limit) {
    var orphans = new ArrayList<Blob>();
    var existing = new HashSet<JobId>();
    var gone = new HashSet<JobId>();
    try (var blobs = store.blobs()) {
      var parts = blobs.filter(blob -> blob.storedAt().isBefore(before)).iterator();
      while (parts.hasNext() && orphans.size() < limit) {
        var part = new ArrayList<Blob>();
        while (parts.hasNext() && part.size() < PART) {
          part.add(parts.next());
        }
        look(part, existing, gone);
        part
          .stream()
          .filter(blob -> gone.contains(blob.jobId()))
          .limit(limit - orphans.size())
          .forEach(orphans::add);
      }
    }
    return orphans;
  }

  private void look(List<Blob> part, Set<JobId> existing, Set<JobId> gone) {
    var unknown = part
      .stream()
      .map(Blob::jobId)
      .filter(job -> !existing.contains(job) && !gone.contains(job))
      .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      var found = Set.copyOf(jobs.existing(List.copyOf(unknown)));
      existing.addAll(found);
      unknown
        .stream()
        .filter(job -> !found.contains(job))
        .forEach(gone::add);
    }
  }

  /**
   * What a sweep has found.
   *
   * @param blobs that were deleted, or would have been
   * @param isMore whether there may be more than one run may delete
   */
  public record Swept(List<Blob> blobs, boolean dryRun, boolean isMore) {}
}
