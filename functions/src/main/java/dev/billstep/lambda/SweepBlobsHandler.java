package dev.billstep.lambda;

import dev.billstep.page.Blob;
import dev.billstep.watch.SweepBlobs;
import java.util.List;

/** Every day: deletes what was stored for jobs that no longer exist, with a log line for each. */
public final class SweepBlobsHandler
  extends JsonHandler<SweepBlobsHandler.Input, SweepBlobsHandler.Output>
{

  /** An answer may have 6 MB (AWS Lambda developer guide, "Lambda quotas"); the log has all. */
  private static final int NAMED = 1_000;

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
    var keys = swept.blobs().stream().map(Blob::key).limit(NAMED).toList();
    return new Output(swept.blobs().size(), keys, swept.dryRun(), swept.isMore());
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
   * @param deleted how many blobs, or with a dry run how many would have been
   * @param keys of the first thousand of them
   * @param isMore whether there may be more than one run may delete
   */
  public record Output(int deleted, List<String> keys, boolean dryRun, boolean isMore) {}
}
