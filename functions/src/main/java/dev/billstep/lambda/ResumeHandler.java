package dev.billstep.lambda;

import dev.billstep.job.JobId;
import dev.billstep.watch.Resume;
import java.util.List;

/** Every minute: starts the waiting jobs whose turn it is. */
public final class ResumeHandler extends JsonHandler<ResumeHandler.Input, ResumeHandler.Output> {

  private final Resume resume;

  public ResumeHandler() {
    this(Composition.ofFunction());
  }

  public ResumeHandler(Composition composition) {
    super(Input.class);
    this.resume = composition.resume();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(resume.resume());
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
   */
  public record Output(List<JobId> started) {}
}
