package dev.billstep.reading;

import dev.billstep.job.JobId;
import dev.billstep.job.JobRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is with providers, for unit tests. */
public final class InMemorySentQuestions implements SentQuestionStore {

  private final Map<JobId, SentQuestions> sent = new HashMap<>();
  private final List<Duration> leases = new ArrayList<>();
  private boolean isEnded;

  @Override
  public Optional<SentQuestions> of(JobId jobId) {
    return Optional.ofNullable(sent.get(jobId));
  }

  @Override
  public void keep(JobRun run, SentQuestions questions, Duration lease) {
    sent.put(run.jobId(), questions);
    leases.add(lease);
  }

  @Override
  public void settle(JobRun run) {
    sent.remove(run.jobId());
  }

  @Override
  public List<Abandoned> abandoned(int limit) {
    return isEnded
      ? sent
          .entrySet()
          .stream()
          .map(each -> new Abandoned(each.getKey(), each.getValue()))
          .toList()
      : List.of();
  }

  @Override
  public void forget(Abandoned abandoned) {
    sent.remove(abandoned.jobId(), abandoned.sent());
  }

  /** The jobs end, however that is. */
  public void endJobs() {
    isEnded = true;
  }

  /** That were given out so far. */
  public List<Duration> leases() {
    return List.copyOf(leases);
  }
}
