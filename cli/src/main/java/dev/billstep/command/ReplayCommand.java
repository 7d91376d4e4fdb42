package dev.billstep.command;

import dev.billstep.job.Replay;
import dev.billstep.operation.JobOperations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep replay ID}: reads a job in another way. */
@Command(
  name = "replay",
  mixinStandardHelpOptions = true,
  description = { "Reads a job again, differently. What its rows said before is kept." },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep replay 3f2a --model openai/gpt-6-luna",
    "  billstep replay 3f2a --pages 2,3 --ignore-cache",
  }
)
final class ReplayCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameter chosen = new JobParameter();

  @Option(names = "--schema-version", description = "The version of the doc types' schemas to use.")
  private Optional<Integer> schemaVersion = Optional.empty();

  @Option(names = "--model", paramLabel = "PROVIDER/MODEL", description = "The model to read with.")
  private Optional<String> model = Optional.empty();

  @Option(
    names = "--pages",
    split = ",",
    description = "The pages to read again, counted from 1 (default: all)."
  )
  private List<Integer> pages = List.of();

  @Option(
    names = "--ignore-cache",
    description = "Ask the model again, even where its answer is known."
  )
  private boolean ignoreCache;

  @Option(
    names = "--approved-too",
    description = "Also read pages again that somebody has approved. One that then says something " +
      "else has to be approved again."
  )
  private boolean approvedToo;

  private ReplayCommand() {}

  @Override
  public Integer call() {
    var opened = stack.open();
    var jobs = new JobOperations(opened);
    var jobId = chosen.of(jobs);
    model.ifPresent(id -> ModelKey.check(opened, id.replaceFirst("/.*$", ""), stack.asTyped()));
    var replay = new Replay(schemaVersion, model, pages, ignoreCache, approvedToo);
    var execution = jobs.replay(jobId, replay);
    output.print(Map.of("id", jobId, "execution", execution), () ->
      "Job %s is being read again. To follow it: billstep watch %s".formatted(jobId, chosen.given())
    );
    return CommandLine.ExitCode.OK;
  }
}
