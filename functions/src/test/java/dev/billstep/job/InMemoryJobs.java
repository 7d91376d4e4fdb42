package dev.billstep.job;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A job store for unit tests: one job, granted to whoever asks. */
public final class InMemoryJobs implements JobStore {

  private final Set<Integer> classified = new TreeSet<>();
  private final Set<Integer> read = new TreeSet<>();
  private int pageCount;
  private String failure = "";

  @Override
  public ClaimAnswer claim(UploadedObject upload, String execution, Duration lease) {
    return new ClaimAnswer.Granted(execution + "#1", 1, upload.uploadKey().userId());
  }

  @Override
  public void recordProgress(JobRun run, Progress progress) {
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
