package dev.billstep.job;

import java.util.List;

/** Port: how far runs are, for whoever watches. */
public interface RunProgress {
  /** Notes how far a run is. Noting the same pages twice changes nothing. */
  void recordProgress(JobRun run, Progress progress);

  /** How far a run is. */
  sealed interface Progress {
    record Split(int pageCount) implements Progress {}

    record Classified(List<Integer> pages) implements Progress {}

    record Read(List<Integer> pages) implements Progress {}
  }
}
