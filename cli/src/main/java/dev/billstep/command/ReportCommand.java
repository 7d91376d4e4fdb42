package dev.billstep.command;

import dev.billstep.review.JobReport;
import dev.billstep.review.JobView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep report ID}: a job as a page for reviewers. */
@Command(
  name = "report",
  mixinStandardHelpOptions = true,
  description = {
    "Writes a report of a job: its pages beside what was read from them.",
    "The report is one HTML file that needs no server, with the findings marked.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep report 3f2a --out bill.html" }
)
final class ReportCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameter chosen = new JobParameter();

  @Option(
    names = "--out",
    paramLabel = "FILE",
    description = "The file to write (default: report-ID.html in the current folder)."
  )
  private Optional<Path> file = Optional.empty();

  private ReportCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    var jobId = chosen.of(jobs);
    var written = file.orElse(Path.of("report-%s.html".formatted(jobId)));
    try {
      Files.writeString(written, new JobReport(JobView.of(jobs.rows(), jobId)).html(jobs::image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var uri = written.toAbsolutePath().toUri();
    output.print(Map.of("report", uri), uri::toString);
    return CommandLine.ExitCode.OK;
  }
}
