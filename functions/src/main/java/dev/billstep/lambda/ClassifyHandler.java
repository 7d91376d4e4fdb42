package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.reading.ClassifyPages;
import java.net.URI;
import java.util.List;

/** State Classify: says what each page of a batch is. */
public final class ClassifyHandler
  extends JsonHandler<ClassifyHandler.Input, ClassifyHandler.Output>
{

  private final ClassifyPages classifyPages;

  public ClassifyHandler() {
    this(Composition.ofFunction());
  }

  public ClassifyHandler(Composition composition) {
    super(Input.class);
    this.classifyPages = composition.classifyPages();
  }

  @Override
  protected Output handle(Input input) {
    return new Output(classifyPages.classify(input.run(), input.manifest(), input.pages()));
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
