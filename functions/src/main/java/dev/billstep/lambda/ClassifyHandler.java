package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Classify;
import java.net.URI;
import java.util.List;

/** State Classify: says what each page of a batch is. */
public final class ClassifyHandler
  extends JsonHandler<ClassifyHandler.Input, ClassifyHandler.Output>
{

  private final Classify classify;

  public ClassifyHandler() {
    this(Composition.ofFunction());
  }

  public ClassifyHandler(Composition composition) {
    super(Input.class);
    this.classify = composition.classify();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(classify.classify(input.run(), input.manifest(), input.pages()));
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("classify", input.run(), input.pages());
  }

  /**
   * The state's input.
   *
   * @param pages the batch, as page numbers from 1
   */
  public record Input(JobRun run, URI manifest, List<Integer> pages) {}

  /**
   * The state's output.
   *
   * @param pages to read: without those that were given up
   */
  public record Output(List<Integer> pages) {}
}
