package dev.billstep.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A job store for unit tests: one job, granted to whoever asks. */
public final class InMemoryJobs implements JobStore {

  private static final UserId USER = UserId.of("00000000-0000-4000-8000-000000000001");

  private static final Comparator<JobId> BY_ID = Comparator.comparing(JobId::toString);

  private final Set<Integer> classified = new TreeSet<>();
  private final Set<Integer> read = new TreeSet<>();
  private final Map<JobId, Instant> existing = new LinkedHashMap<>();
  private final List<JobId> restartable = new ArrayList<>();
  private final List<JobId> overdue = new ArrayList<>();
  private int pageCount;
  private boolean isLost;
  private String failure = "";

  @Override
  public ClaimDecision claim(
    ProcessingRequest request,
    String execution,
    Duration lease,
    String modelId
  ) {
    return switch (request) {
      case ProcessingRequest.Uploaded uploaded -> granted(execution, uploaded.object(), request);
      case ProcessingRequest.Retry retry -> new ClaimDecision.UploadUnknown(USER);
      case ProcessingRequest.Replayed replayed -> new ClaimDecision.UploadUnknown(USER);
    };
  }

  @Override
  public ClaimDecision claimWithUpload(
    ProcessingRequest request,
    UploadedObject upload,
    String execution,
    Duration lease,
    String modelId
  ) {
    return granted(execution, upload, request);
  }

  private static ClaimDecision granted(
    String execution,
    UploadedObject upload,
    ProcessingRequest request
  ) {
    Optional<Replay> replay =
      request instanceof ProcessingRequest.Replayed asked
        ? Optional.of(asked.replay())
        : Optional.empty();
    return new ClaimDecision.Granted(execution + "#1", 1, USER, upload, replay, Map.of());
  }

  /** Whether a newer run has taken the job over. */
  public void isLost(boolean lost) {
    isLost = lost;
  }

  @Override
  public void recordProgress(JobRun run, Progress progress) {
    if (isLost) {
      throw new ClaimLost(run.jobId(), run.token());
    }
    switch (progress) {
      case Progress.Split split -> pageCount = split.pageCount();
      case Progress.Classified pages -> classified.addAll(pages.pages());
      case Progress.Read pages -> read.addAll(pages.pages());
    }
  }

  @Override
  public Optional<JobId> fail(String execution, String error, String sentence) {
    failure = error + ": " + sentence;
    return Optional.empty();
  }

  @Override
  public void park(
    JobRun run,
    String modelId,
    String reason,
    Duration firstProbe,
    Duration longestProbe
  ) {
    failure = "waits for " + modelId + ": " + reason;
  }

  @Override
  public List<JobId> resume(int limit) {
    return List.of();
  }

  @Override
  public List<JobId> restartable(Optional<JobId> after, int limit) {
    return restartable
      .stream()
      .sorted(BY_ID)
      .filter(job -> isAfter(job, after))
      .limit(limit)
      .toList();
  }

  private static boolean isAfter(JobId job, Optional<JobId> after) {
    return after.isEmpty() || BY_ID.compare(job, after.get()) > 0;
  }

  @Override
  public List<Overdue> failOverdue(Duration longestWait, int limit) {
    var failed = List.copyOf(overdue.subList(0, Math.min(limit, overdue.size())));
    overdue.removeAll(failed);
    return failed
      .stream()
      .map(job -> new Overdue(job, "LeaseExpired"))
      .toList();
  }

  @Override
  public List<Unstarted> unstarted(Instant from, Instant until, Optional<JobId> after, int limit) {
    return existing
      .entrySet()
      .stream()
      .sorted(Map.Entry.comparingByKey(BY_ID))
      .filter(job -> isAfter(job.getKey(), after))
      .limit(limit)
      .map(job -> new Unstarted(job.getKey(), USER, job.getValue()))
      .toList();
  }

  @Override
  public boolean failUnstarted(JobId jobId, String error, String sentence) {
    failure = error + ": " + sentence;
    return true;
  }

  @Override
  public List<JobId> existing(List<JobId> jobIds) {
    return jobIds.stream().filter(existing::containsKey).toList();
  }

  /** Makes a job one whose run ended without a word. */
  public void addRestartable(JobId jobId) {
    restartable.add(jobId);
  }

  /** Makes a job one whose runs end so again and again. */
  public void addOverdue(JobId jobId) {
    overdue.add(jobId);
  }

  /** Makes a job exist. */
  public void add(JobId jobId, Instant createdAt) {
    existing.put(jobId, createdAt);
  }

  public int pageCount() {
    return pageCount;
  }

  public Set<Integer> classified() {
    return classified;
  }

  public Set<Integer> read() {
    return read;
  }

  public String failure() {
    return failure;
  }
}
