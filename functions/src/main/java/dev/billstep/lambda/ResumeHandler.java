package dev.billstep.lambda;

import dev.billstep.job.JobId;
import dev.billstep.watch.AbandonedBatches;
import dev.billstep.watch.Resume;
import java.util.List;

/** Every minute: starts the waiting jobs whose turn it is, and stops what nobody waits for. */
public final class ResumeHandler extends JsonHandler<ResumeHandler.Input, ResumeHandler.Output> {

  private final Resume resume;
  private final AbandonedBatches abandoned;

  public ResumeHandler() {
    this(Composition.ofFunction());
  }

  public ResumeHandler(Composition composition) {
    super(Input.class);
    this.resume = composition.resume();
    this.abandoned = composition.abandonedBatches();
  }

  @Override
  protected Output handle(Input input) {
    var started = resume.resume();
    return new Output(started, abandoned.stop());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("resume");
  }

  /** The schedule's event, of which nothing is needed. */
  public record Input() {}

  /**
   * What was done.
   *
   * @param started jobs
   * @param stopped what providers were told to stop
   */
  public record Output(List<JobId> started, AbandonedBatches.Stopped stopped) {}
}
