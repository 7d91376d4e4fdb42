package dev.billstep.lambda;

import dev.billstep.page.Blob;
import dev.billstep.watch.SweepBlobs;
import dev.billstep.watch.SweepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Every hour: deletes what was stored for jobs that no longer exist, with a log line for each. */
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
    var keys = new ArrayList<String>();
    var count = new AtomicInteger();
    Consumer<Blob> swept = blob -> {
      StepLog.deletion(blob, input.dryRun());
      if (count.incrementAndGet() <= NAMED) {
        keys.add(blob.key());
      }
    };
    var outcome = input.dryRun() ? sweepBlobs.look(swept) : sweepBlobs.sweep(swept);
    return new Output(
      count.get(),
      keys,
      input.dryRun(),
      outcome == SweepOutcome.UNFINISHED,
      outcome == SweepOutcome.LEFT_ALONE
    );
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
   * @param isMore whether there is more to look at than one call may
   * @param isUnderWay whether another call is at work on it, and this one has done nothing
   */
  public record Output(
    int deleted,
    List<String> keys,
    boolean dryRun,
    boolean isMore,
    boolean isUnderWay
  ) {}
}
