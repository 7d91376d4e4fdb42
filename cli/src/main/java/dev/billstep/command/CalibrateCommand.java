package dev.billstep.command;

import dev.billstep.embedded.Project;
import dev.billstep.evaluation.DirectReading.Wear;
import dev.billstep.evaluation.Evaluation;
import dev.billstep.evaluation.EvaluationResult;
import dev.billstep.evaluation.LeaveOneOut;
import dev.billstep.json.Json;
import dev.billstep.lab.LabelledDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep calibrate DIR…}: how often pages of like evidence are right. */
@Command(
  name = "calibrate",
  mixinStandardHelpOptions = true,
  description = {
    "Fits the offline reader's confidence to labelled documents.",
    "For each family of documents that look alike it says how the reader does on it, with a",
    "confidence that was fitted to all others.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep calibrate samples-made",
    "  evaluation/calibrate  makes the documents, and the file that the reader has",
  }
)
final class CalibrateCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with the documents.")
  private List<Path> folders = List.of();

  @Option(
    names = "--out",
    paramLabel = "FILE",
    description = "Also write what was fitted to all of them, as JSON."
  )
  private Optional<Path> out = Optional.empty();

  private CalibrateCommand() {}

  @Override
  public Integer call() {
    var documents = folders
      .stream()
      .flatMap(folder -> LabelledFolder.documents(folder, spec).stream())
      .toList();
    var result = read(documents);
    if (result.families().size() < 2) {
      throw new ParameterException(
        spec.commandLine(),
        "Leaving a family out takes two; all documents look alike"
      );
    }
    var printer = spec.commandLine().getOut();
    printer.println(TerminalText.of(LeaveOneOut.of(result.pages()).table()));
    printer.flush();
    out.ifPresent(file -> write(file, result));
    return CommandLine.ExitCode.OK;
  }

  private EvaluationResult read(List<LabelledDocument> documents) {
    var reader = DirectEvaluation.ofMachine(
      Project.ofSystemProperty(),
      new ConsoleProgress(spec.commandLine().getErr()),
      Wear.NONE
    );
    var evaluation = new Evaluation();
    documents.forEach(document ->
      evaluation.addRead(document.name(), document.expected(), reader.read(document.path()))
    );
    return evaluation.result();
  }

  private static void write(Path file, EvaluationResult result) {
    try {
      var fitted = LeaveOneOut.fitted(result.pages());
      Files.writeString(
        file,
        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(fitted) + "\n"
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
