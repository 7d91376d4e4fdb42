package dev.billstep.lambda;

import dev.billstep.job.JobRun;
import dev.billstep.reading.ReadPage;
import java.net.URI;
import java.util.List;

/** State Read: reads one page into the schema of its type. */
public final class ReadHandler extends JsonHandler<ReadHandler.Input, ReadHandler.Output> {

  private final ReadPage readPage;

  public ReadHandler() {
    this(Composition.ofFunction());
  }

  public ReadHandler(Composition composition) {
    super(Input.class);
    this.readPage = composition.readPage();
  }

  @Override
  protected Output handle(Input input) {
    boolean isRead = readPage.read(input.run(), input.manifest(), input.page());
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
