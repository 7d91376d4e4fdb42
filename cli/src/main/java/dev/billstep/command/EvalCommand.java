package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Project;
import dev.billstep.evaluation.DirectReading.Wear;
import dev.billstep.evaluation.Evaluation;
import dev.billstep.evaluation.EvaluationPage;
import dev.billstep.evaluation.EvaluationResult;
import dev.billstep.json.Json;
import dev.billstep.lab.LabPage;
import dev.billstep.lab.LabelledDocument;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.Pause;
import dev.billstep.samples.Degradation;
import dev.billstep.samples.LayerFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep eval DIR}: how well the pipeline reads documents that are known. */
@Command(
  name = "eval",
  mixinStandardHelpOptions = true,
  description = {
    "Reads labelled documents and reports how well they were read.",
    "Each has an .expected.json beside it, and goes through the whole pipeline; with --direct",
    "through the offline reader alone, in this process, which remembers what OCR has seen;",
    "with --model by the pipeline's steps in this process, side by side with other models. What a",
    "model has answered is kept in .billstep/lab, and never paid for twice.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep eval samples",
    "  billstep samples 200 --seed 7 && billstep eval samples-made --html eval.html",
    "  billstep eval samples --direct --worn SKEW",
    "  billstep eval samples --direct --layer ALTERED_TOTAL",
    "  billstep eval samples --model offline/ppocr-v6 --model openai/gpt-6-luna --html models.html",
    "  billstep eval bills --model openai/gpt-6-luna --prompt 1 --prompt 2 --prompt my-prompts",
    "  billstep eval bills --model openai/gpt-6-luna --max-usd 2 --price openai/gpt-6-luna=0.05/0.40",
  },
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = {
    "0:every document was read",
    "1:a model could not be asked, or the stack did not start",
    "2:the command line is wrong",
    "3:the spending limit was reached",
  }
)
final class EvalCommand implements Callable<Integer> {

  /** Jobs under way at once: enough to keep the reader busy. */
  private static final int AT_ONCE = 8;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int LIMIT_REACHED = 3;

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder with the documents.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Print the result as JSON instead of a table.")
  private boolean json;

  @Option(
    names = "--html",
    paramLabel = "FILE",
    description = "Also write the result as an HTML page."
  )
  private Optional<Path> html = Optional.empty();

  @Option(
    names = "--direct",
    description = "Read with the offline reader alone, without a stack. What OCR sees is kept in " +
      ".billstep/eval: delete that where OCR or the text layer has changed."
  )
  private boolean direct;

  @Option(
    names = "--worn",
    paramLabel = "WEAR",
    description = "With --direct: scan the pages and wear them before they are read: " +
      "${COMPLETION-CANDIDATES}."
  )
  private Optional<Degradation> worn = Optional.empty();

  @Option(
    names = "--layer",
    paramLabel = "FAULT",
    description = "With --direct: let the pages' own text layer be at fault: ${COMPLETION-CANDIDATES}."
  )
  private Optional<LayerFault> layer = Optional.empty();

  @Mixin
  private LabOptions lab = new LabOptions();

  private EvalCommand() {}

  @Override
  public Integer call() {
    var documents = LabelledFolder.documents(folder, spec);
    if (lab.areGiven()) {
      return compare(documents);
    }
    if (direct) {
      return readDirectly(documents);
    }
    if (worn.isPresent() || layer.isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "--worn and --layer work with --direct alone"
      );
    }
    var project = Project.ofSystemProperty();
    try (
      var stack = EmbeddedStack.start(
        project,
        Engine.EMBEDDED,
        PagesRoot.folder(project.storage()),
        ProviderKeys.known(),
        new ConsoleProgress(spec.commandLine().getErr())
      )
    ) {
      var jobs = new JobOperations(stack);
      long started = System.nanoTime();
      var evaluation = new Evaluation();
      var spent = run(documents, jobs, evaluation);
      var took = Duration.ofNanos(System.nanoTime() - started);
      report(evaluation.result(), spent, took, stack::fetchPage);
    }
    return CommandLine.ExitCode.OK;
  }

  private int compare(List<LabelledDocument> documents) {
    if (direct || worn.isPresent() || layer.isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "--direct, --worn and --layer are for the offline reader alone; leave out --model, or them"
      );
    }
    var evaluation = new LabEvaluation(spec, Project.ofSystemProperty(), lab);
    var result = evaluation.run(documents);
    print(json ? Json.text(result.json()) : LabEvaluation.text(result));
    write(() -> LabPage.of(result, evaluation::image));
    if (result.limitReached().isPresent()) {
      return LIMIT_REACHED;
    }
    return result.isComplete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private int readDirectly(List<LabelledDocument> documents) {
    var reader = DirectEvaluation.ofMachine(
      Project.ofSystemProperty(),
      new ConsoleProgress(spec.commandLine().getErr()),
      wear()
    );
    long started = System.nanoTime();
    var evaluation = new Evaluation();
    documents.forEach(document ->
      evaluation.addRead(document.name(), document.expected(), reader.read(document.path()))
    );
    var took = Duration.ofNanos(System.nanoTime() - started);
    var result = evaluation.result();
    report(result, Spent.of(result.pages().size()), took, reader::image);
    return CommandLine.ExitCode.OK;
  }

  private Wear wear() {
    if (worn.isPresent() && layer.isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "A worn page is a scan and has no text layer; leave out --worn, or --layer"
      );
    }
    return worn
      .map(DirectEvaluation::worn)
      .or(() -> layer.map(DirectEvaluation::withFault))
      .orElse(Wear.NONE);
  }

  private Spent run(List<LabelledDocument> documents, JobOperations jobs, Evaluation evaluation) {
    var err = spec.commandLine().getErr();
    var left = new ArrayList<>(documents);
    var running = new LinkedHashMap<LabelledDocument, FollowedJob>();
    var spent = Spent.NOTHING;
    int done = 0;
    while (!left.isEmpty() || !running.isEmpty()) {
      while (running.size() < AT_ONCE && !left.isEmpty()) {
        var document = left.removeFirst();
        running.put(document, FollowedJob.uploadAlone(jobs, document.path()));
      }
      Pause.take(POLL);
      running.values().forEach(FollowedJob::look);
      for (var ended : endedOf(running)) {
        running.remove(ended.getKey());
        var result = ended.getValue().result();
        evaluation.add(ended.getKey().name(), ended.getKey().expected(), result.docs());
        spent = spent.plus(jobs.row(result.jobId()));
        done++;
        if (done % 10 == 0 || done == documents.size()) {
          err.println("%d of %d documents".formatted(done, documents.size()));
          err.flush();
        }
      }
    }
    return spent;
  }

  private static List<Map.Entry<LabelledDocument, FollowedJob>> endedOf(
    Map<LabelledDocument, FollowedJob> running
  ) {
    return running
      .entrySet()
      .stream()
      .filter(each -> each.getValue().isEnded())
      .toList();
  }

  private void report(
    EvaluationResult result,
    Spent spent,
    Duration took,
    Function<URI, byte[]> image
  ) {
    double secondsAPage = took.toMillis() / 1000.0 / Math.max(1, spent.pages());
    print(
      json
        ? Json.text(Map.of("result", result, "spent", spent, "secondsAPage", secondsAPage))
        : "%s%n%d pages, %.2f s a page, %d tokens in, %d out, US$ %s".formatted(
            result.table(),
            spent.pages(),
            secondsAPage,
            spent.inputTokens(),
            spent.outputTokens(),
            spent.costUsd().toPlainString()
          )
    );
    write(() -> EvaluationPage.of(result, image));
  }

  private void print(String text) {
    var out = spec.commandLine().getOut();
    out.println(TerminalText.of(text));
    out.flush();
  }

  private void write(Supplier<String> page) {
    html.ifPresent(file -> {
      try {
        Files.writeString(file, page.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** What all jobs took. */
  private record Spent(int pages, int inputTokens, int outputTokens, BigDecimal costUsd) {
    static final Spent NOTHING = of(0);

    /** Pages that cost nothing. */
    static Spent of(int pages) {
      return new Spent(pages, 0, 0, BigDecimal.ZERO);
    }

    Spent plus(JsonNode job) {
      return new Spent(
        pages + job.path("page_count").asInt(),
        inputTokens + job.path("input_tokens").asInt(),
        outputTokens + job.path("output_tokens").asInt(),
        costUsd.add(new BigDecimal(job.path("cost_usd").asText("0")))
      );
    }
  }
}
