package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.page.PageStore;
import dev.billstep.reading.BatchFailure;

/**
 * State Find failure: why a batch of a distributed map failed, as it has written it down; the map's
 * own error where none has. A map fails with its first batch in AWS; LocalStack's goes on.
 */
public final class FindFailureHandler extends JsonHandler<FindFailureHandler.Input, Failure> {

  private final PageStore pages;

  public FindFailureHandler() {
    this(Composition.ofFunction());
  }

  public FindFailureHandler(Composition composition) {
    super(Input.class);
    this.pages = composition.pages();
  }

  @Override
  protected Failure handle(Input input) {
    return BatchFailure.find(pages, input.run())
      .map(found -> new Failure(found.error(), found.cause()))
      .orElse(input.failure());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("find_failure", input.run());
  }

  /**
   * The state's input.
   *
   * @param failure of the map; with an empty error where it has none
   */
  public record Input(JobRun run, Failure failure) {}
}
