package dev.billstep.lambda;

import dev.billstep.page.SweepBlobs;

/** Every day: deletes what was stored for jobs that no longer exist, with a log line for each. */
public final class SweepBlobsHandler
  extends JsonHandler<SweepBlobsHandler.Input, SweepBlobsHandler.Output>
{

  private final SweepBlobs sweepBlobs;

  public SweepBlobsHandler() {
    this(Composition.ofFunction());
  }

  public SweepBlobsHandler(Composition composition) {
    super(Input.class);
    this.sweepBlobs = composition.sweepBlobs();
  }

  @Override
  protected Output handle(Input input) {
    var swept = sweepBlobs.sweep(input.dryRun());
    swept.blobs().forEach(blob -> StepLog.deletion(blob, swept.dryRun()));
    return new Output(swept.blobs().size(), swept.dryRun(), swept.isMore());
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("sweep_blobs");
  }

  /**
   * The schedule's event, or a request by hand.
   *
   * @param dryRun whether orphans are only named, in the log
   */
  public record Input(boolean dryRun) {}

  /**
   * What was done.
   *
   * @param deleted blobs, or with a dry run those that would have been
   * @param isMore whether there may be more than one run may delete
   */
  public record Output(int deleted, boolean dryRun, boolean isMore) {}
}
