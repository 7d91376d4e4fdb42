package dev.billstep.lambda;

import dev.billstep.watch.SweepHistory;

/** Every five minutes: adds up the figures; once a day: forgets history that is old enough. */
public final class SweepHistoryHandler
  extends JsonHandler<SweepHistoryHandler.Input, SweepHistory.Swept>
{

  private final SweepHistory sweepHistory;

  public SweepHistoryHandler() {
    this(Composition.ofFunction());
  }

  public SweepHistoryHandler(Composition composition) {
    super(Input.class);
    this.sweepHistory = composition.sweepHistory();
  }

  @Override
  protected SweepHistory.Swept handle(Input input) {
    return sweepHistory.sweep();
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("sweep_history");
  }

  /** The schedule's event, of which nothing is needed. */
  public record Input() {}
}
