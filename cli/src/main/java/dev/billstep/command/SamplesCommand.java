package dev.billstep.command;

import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep samples N}: makes labelled documents to try the reader on. */
@Command(
  name = "samples",
  mixinStandardHelpOptions = true,
  description = {
    "Makes labelled documents, for billstep eval.",
    "Bills in many layouts, prints of the e-way bill, and pages that are neither.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep samples 200 --seed 7",
    "  billstep samples 50 --condition degraded --out /tmp/worn",
  }
)
final class SamplesCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "N", description = "How many documents.")
  private int count;

  @Option(
    names = "--seed",
    defaultValue = "1",
    paramLabel = "SEED",
    description = "The same seed makes the same documents (default ${DEFAULT-VALUE})."
  )
  private long seed = 1;

  @Option(
    names = "--condition",
    defaultValue = "CLEAN",
    paramLabel = "CONDITION",
    description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})."
  )
  private Condition condition = Condition.CLEAN;

  @Option(
    names = "--out",
    defaultValue = "samples-made",
    paramLabel = "FOLDER",
    description = "The folder to write to (default ${DEFAULT-VALUE})."
  )
  private Path out = Path.of("samples-made");

  private SamplesCommand() {}

  @Override
  public Integer call() {
    if (count < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "N must be 1 or more");
    }
    new SampleMaker(condition, seed).make(count, out);
    var err = spec.commandLine().getErr();
    err.println("%d documents in %s".formatted(count, out));
    err.flush();
    return CommandLine.ExitCode.OK;
  }
}
