package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.GiveUp;
import java.util.List;

/** State Give up: decides what becomes of the job when a step for some of its pages was ended. */
public final class GiveUpHandler extends JsonHandler<GiveUpHandler.Input, GiveUpHandler.Output> {

  private final GiveUp giveUp;

  public GiveUpHandler() {
    this(Composition.ofFunction());
  }

  public GiveUpHandler(Composition composition) {
    super(Input.class);
    this.giveUp = composition.giveUp();
  }

  @Override
  protected Output handle(Input input) {
    boolean goesOn = giveUp.giveUp(input.run(), input.pages(), input.failure().caught());
    return new Output(goesOn ? "continue" : "stop");
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("give_up", input.run(), input.pages());
  }

  /**
   * The state's input.
   *
   * @param pages that could not be classified or read
   */
  public record Input(JobRun run, List<Integer> pages, Failure failure) {}

  /**
   * The state's output.
   *
   * @param decision {@code continue} or {@code stop}
   */
  public record Output(String decision) {}
}
