package dev.billstep.watch;

import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.job.JobId;
import dev.billstep.reading.PageModels;
import dev.billstep.reading.SentQuestionStore;
import dev.billstep.reading.SentQuestionStore.Abandoned;
import java.util.ArrayList;
import java.util.List;

/**
 * Has providers stop what nobody waits for any more: the batches of jobs that were cancelled, have
 * failed, or were stopped by hand, whoever did it and wherever.
 */
public final class AbandonedBatches {

  /** Of one round; a round a minute. */
  private static final int AT_ONCE = 20;

  private final SentQuestionStore outstanding;
  private final PageModels models;

  public AbandonedBatches(SentQuestionStore outstanding, PageModels models) {
    this.outstanding = outstanding;
    this.models = models;
  }

  /**
   * Stops and drops them. One that can't be stopped for good, as without its provider's key, is dropped
   * as well: it ends by itself within a day.
   *
   * @throws TransientFailure when a provider does not answer, after all others were asked; the next
   *     round asks it again
   */
  public Stopped stop() {
    var stopped = new ArrayList<JobId>();
    var leftAlone = new ArrayList<LeftAlone>();
    var failures = new ArrayList<TransientFailure>();
    for (var each : outstanding.abandoned(AT_ONCE)) {
      try {
        cancel(each);
        outstanding.forget(each);
        stopped.add(each.jobId());
      } catch (PermanentFailure failure) {
        outstanding.forget(each);
        leftAlone.add(new LeftAlone(each.jobId(), String.valueOf(failure.getMessage())));
      } catch (TransientFailure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return new Stopped(stopped, leftAlone);
  }

  private void cancel(Abandoned each) {
    var provider = models.batches(each.sent().model());
    each
      .sent()
      .open()
      .forEach(batch -> provider.cancel(batch.name()));
  }

  /**
   * What was done.
   *
   * @param jobs whose batches were stopped
   */
  public record Stopped(List<JobId> jobs, List<LeftAlone> leftAlone) {}

  /** A job whose batches could not be stopped, and why. */
  public record LeftAlone(JobId jobId, String reason) {}
}
