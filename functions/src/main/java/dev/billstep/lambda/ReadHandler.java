package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.step.Read;
import java.net.URI;
import java.util.List;

/** State Read: reads one page into the schema of its type. */
public final class ReadHandler extends JsonHandler<ReadHandler.Input, ReadHandler.Output> {

  private final Read read;

  public ReadHandler() {
    this(Composition.ofFunction());
  }

  public ReadHandler(Composition composition) {
    super(Input.class);
    this.read = composition.read();
  }

  @Override
  protected Output handle(Input input) {
    boolean isRead = read.read(input.run(), input.manifest(), input.page());
    return new Output(input.page(), isRead ? "read" : "given_up");
  }

  @Override
  protected StepLog.Facts facts(Input input) {
    return StepLog.Facts.of("read", input.run(), List.of(input.page()));
  }

  /**
   * The state's input.
   *
   * @param page its number, from 1
   */
  public record Input(JobRun run, URI manifest, int page) {}

  /**
   * The state's output.
   *
   * @param outcome {@code read} or {@code given_up}
   */
  public record Output(int page, String outcome) {}
}
