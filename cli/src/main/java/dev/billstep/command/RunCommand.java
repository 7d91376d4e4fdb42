package dev.billstep.command;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.intake.IncomingFile;
import dev.billstep.json.Json;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.Pause;
import dev.billstep.review.JobReport;
import dev.billstep.review.JobView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep run FILE…}: the main job, from nothing to rows, on this machine. */
@Command(
  name = "run",
  mixinStandardHelpOptions = true,
  description = {
    "Uploads the files, waits for them to be read, and shows the rows.",
    "Uses the stack that is running; where none is, or --model or --stack says how to read, it starts " +
      "one of its own, which is stopped at the end and keeps no rows.",
  },
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = {
    "0:every file was processed",
    "1:a file could not be processed, or the stack did not start",
    "2:the command line is wrong",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep run samples/mixed-scanned.pdf",
    "  billstep run --json scans/*.pdf > rows.json",
    "  billstep keys set openai && billstep run --model openai/gpt-6-luna scans/bill.jpg",
  }
)
final class RunCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(100);

  @Spec
  private CommandSpec spec;

  @Mixin
  private UploadedFiles files = new UploadedFiles();

  @Option(names = "--json", description = "Print the rows as JSON instead of a table.")
  private boolean json;

  @Option(
    names = "--report",
    description = "Also write an HTML report of every page beside what was read from it, next to the rows."
  )
  private boolean report;

  @Mixin
  private EngineOption chosen = new EngineOption();

  @Mixin
  private ReadingModel model = new ReadingModel();

  private RunCommand() {}

  @Override
  public Integer call() {
    var readBy = model.setting(spec);
    try (var incoming = files.incoming()) {
      return run(incoming.documents(), readBy);
    }
  }

  private int run(List<IncomingFile> documents, Optional<Map<String, Object>> readBy) {
    var err = spec.commandLine().getErr();
    var project = Project.ofSystemProperty();
    var running =
      readBy.isPresent() || chosen.isGiven(spec)
        ? Optional.<StackDescriptor>empty()
        : StackDescriptor.find(project);
    if (running.isPresent()) {
      return run(new JobOperations(running.get().open()), documents, project.storage(), err);
    }
    try (
      var stack = EmbeddedStack.start(
        project,
        chosen.engine(),
        PagesRoot.folder(project.storage()),
        ProviderKeys.known(),
        new ConsoleProgress(err)
      )
    ) {
      var jobs = new JobOperations(stack);
      readBy.ifPresent(jobs::readBy);
      return run(jobs, documents, project.storage(), err);
    }
  }

  private int run(JobOperations jobs, List<IncomingFile> uploaded, Path storage, PrintWriter err) {
    var followed = uploaded
      .stream()
      .map(file -> FollowedJob.upload(jobs, file, JobDisplay.of(file.name(), err)))
      .toList();
    while (!followed.stream().allMatch(FollowedJob::isEnded)) {
      Pause.take(POLL);
      followed.forEach(FollowedJob::look);
    }
    return show(jobs, followed.stream().map(FollowedJob::result).toList(), storage);
  }

  private int show(JobOperations jobs, List<JobResult> results, Path storage) {
    var out = spec.commandLine().getOut();
    results.forEach(result -> {
      var rows = jobs.keep(result.jobId(), result.docs(), storage);
      if (report) {
        write(
          new JobReport(JobView.of(jobs.rows(), result.jobId())).html(jobs::image),
          rows.resolveSibling("report.html")
        );
      }
      if (!json) {
        out.println(TerminalText.of(text(result, rows)));
      }
    });
    if (json) {
      out.println(TerminalText.of(Json.text(results)));
    }
    out.flush();
    return !files.isAnyLeftOut() &&
      results.stream().allMatch(result -> result.state().isProcessed())
      ? CommandLine.ExitCode.OK
      : CommandLine.ExitCode.SOFTWARE;
  }

  private void write(String html, Path file) {
    try {
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spec
      .commandLine()
      .getErr()
      .println("The report: " + file.toUri());
  }

  private static String text(JobResult result, Path rows) {
    var heading = "%n%s  job %s  %s".formatted(
      result.file(),
      result.jobId(),
      result.state().status()
    );
    return result.state().isProcessed()
      ? heading + "%n%s%nThe rows as JSON: %s".formatted(DocTable.of(result.docs()), rows)
      : heading + "%n%s".formatted(result.state().message());
  }
}
