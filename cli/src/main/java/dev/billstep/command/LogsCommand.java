package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.JobOperations;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep logs ID}: what the functions have logged of a job, in order. */
@Command(
  name = "logs",
  mixinStandardHelpOptions = true,
  description = "Shows what happened to a job, or to one of its pages: one line for each step.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep logs 3f2a --page 2" }
)
final class LogsCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameter chosen = new JobParameter();

  @Option(
    names = "--page",
    paramLabel = "N",
    description = "Only the steps of this page, counted from 1."
  )
  private Optional<Integer> page = Optional.empty();

  private LogsCommand() {}

  @Override
  public Integer call() {
    var opened = stack.open();
    var jobs = new JobOperations(opened);
    var jobId = chosen.of(jobs);
    var since = OffsetDateTime.parse(jobs.row(jobId).path("created_at").asText()).toInstant();
    var lines = opened
      .logs()
      .ofJob(jobId, since)
      .stream()
      .filter(line -> page.map(number -> isAbout(line, number)).orElse(true))
      .toList();
    output.print(lines, () ->
      lines.isEmpty() ? "Nothing was logged about it, or no longer." : text(lines)
    );
    return CommandLine.ExitCode.OK;
  }

  private static boolean isAbout(JsonNode line, int page) {
    return Arrays.asList(line.path("page").asText().split(",")).contains(String.valueOf(page));
  }

  private static String text(List<JsonNode> lines) {
    var table = new TextTable("TIME", "RUN", "STEP", "PAGE", "OUTCOME", "MS", "MESSAGE");
    lines.forEach(line ->
      table.row(
        List.of(
          Shown.moment(line.path("time").asText()),
          line.path("attempt").asText("-"),
          line.path("step").asText("-"),
          line.path("page").asText("-"),
          line.path("outcome").asText("-"),
          line.path("elapsed_ms").asText("-"),
          line.path("message").asText().lines().findFirst().orElse("")
        )
      )
    );
    return table.toString();
  }
}
