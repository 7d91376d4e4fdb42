package dev.billstep.step;

import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchAnswer;
import dev.billstep.reading.BatchInterface;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.SentQuestionStore;
import dev.billstep.reading.SentQuestions;
import dev.billstep.settings.JobSettings;
import java.time.InstantSource;

/**
 * Looks for the answers of a provider's batches and keeps what is there. A run waits for them until they
 * are over, and no longer than two hours beyond what providers promise; then it goes on without.
 */
public final class Collect {

  private final PageStore store;
  private final PageModels models;
  private final SentQuestionStore outstanding;
  private final InstantSource clock;

  public Collect(
    PageStore store,
    PageModels models,
    SentQuestionStore outstanding,
    InstantSource clock
  ) {
    this.store = store;
    this.models = models;
    this.outstanding = outstanding;
    this.clock = clock;
  }

  /**
   * Keeps the answers that have come.
   *
   * @throws dev.billstep.job.ClaimLost when a newer run has taken the job over
   */
  public Deferred collect(JobRun run) {
    var settings = JobSettings.load(store, run.settings());
    var sent = outstanding.of(run.jobId());
    return sent.isEmpty() ? Deferred.ANSWERED : collect(run, sent.get(), settings);
  }

  private Deferred collect(JobRun run, SentQuestions sent, JobSettings settings) {
    var now = clock.instant();
    var provider = models.batches(sent.model());
    var left = sent;
    for (var batch : sent.open()) {
      if (isOver(provider, batch, run)) {
        left = left.without(batch);
      }
    }
    if (left.isOver() || left.isLost(now)) {
      outstanding.settle(run);
      return Deferred.ANSWERED;
    }
    if (left.isLate(now)) {
      left.open().forEach(batch -> provider.cancel(batch.name()));
    }
    outstanding.keep(run, left, Claim.LEASE);
    return Deferred.waiting(left, settings.waiting(), now);
  }

  private boolean isOver(BatchInterface provider, SentQuestions.Batch batch, JobRun run) {
    return switch (provider.state(batch.name())) {
      case AT_WORK -> false;
      case LOST -> true;
      case OVER -> {
        provider.answers(batch.name(), batch.ids(), (id, given) ->
          new BatchAnswer(batch.name(), given).store(store, run.jobId(), id)
        );
        yield true;
      }
    };
  }
}
