package dev.billstep.command;

import dev.billstep.samples.Manner;
import dev.billstep.samples.SampleMaker;
import dev.billstep.samples.SampleMaker.Condition;
import dev.billstep.samples.Script;
import dev.billstep.samples.UnfamiliarWords;
import java.nio.file.Path;
import java.util.Optional;
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
    "  billstep samples 50 --script devanagari --unfamiliar 0.1",
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
    names = "--script",
    paramLabel = "SCRIPT",
    description = "Names, addresses and headings in it as well: ${COMPLETION-CANDIDATES}."
  )
  private Optional<Script> script = Optional.empty();

  @Option(
    names = "--unfamiliar",
    defaultValue = "0",
    paramLabel = "SHARE",
    description = "Of the words, 0 to 1, how many are others than any program prints: labels that " +
      "the reader can't know (default ${DEFAULT-VALUE})."
  )
  private double unfamiliar;

  @Option(
    names = "--mistyped",
    defaultValue = "0",
    paramLabel = "SHARE",
    description = "Of the GSTINs, 0 to 1, how many are printed with a wrong check character " +
      "(default ${DEFAULT-VALUE})."
  )
  private double mistyped;

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
    var words = new UnfamiliarWords(share("--unfamiliar", unfamiliar), seed);
    var manner = new Manner(script, words, share("--mistyped", mistyped));
    new SampleMaker(condition, seed, manner).make(count, out);
    var err = spec.commandLine().getErr();
    err.println("%d documents in %s".formatted(count, out));
    err.flush();
    return CommandLine.ExitCode.OK;
  }

  private double share(String option, double given) {
    if (!(given >= 0 && given <= 1)) {
      throw new CommandLine.ParameterException(
        spec.commandLine(),
        option + " takes a share from 0 to 1, such as 0.25"
      );
    }
    return given;
  }
}
