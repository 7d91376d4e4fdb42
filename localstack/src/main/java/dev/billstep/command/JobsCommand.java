package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep jobs}: what the running stack has to do and has done. */
@Command(
  name = "jobs",
  mixinStandardHelpOptions = true,
  description = "Lists the jobs of the running stack, the newest first.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep jobs", "  billstep jobs --status error --json" }
)
final class JobsCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(
    names = "--status",
    description = "Only those that are uploaded, processing, waiting, processed or error."
  )
  private Optional<String> status = Optional.empty();

  @Option(names = "--json", description = "Print the jobs' rows as JSON.")
  private boolean json;

  private JobsCommand() {}

  @Override
  public Integer call() {
    var jobs = OfRunningStack.jobs()
      .all()
      .stream()
      .filter(job -> status.map(job.path("status").asText()::equals).orElse(true))
      .toList();
    var out = spec.commandLine().getOut();
    out.println(json ? Json.text(jobs) : text(jobs));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static String text(List<JsonNode> jobs) {
    if (jobs.isEmpty()) {
      return "No jobs. Upload something: billstep upload FILE";
    }
    var table = new TextTable("JOB", "FILE", "STATUS", "PAGES", "READ", "RUNS", "SINCE", "ERROR");
    jobs.forEach(job -> {
      var state = JobState.of(job);
      table.row(
        List.of(
          job.path("id").asText(),
          job.path("file_name").asText(""),
          state.status(),
          String.valueOf(state.pages()),
          String.valueOf(state.read()),
          job.path("attempt").asText(),
          job.path("created_at").asText().substring(0, 19),
          job.path("error").asText("")
        )
      );
    });
    return table.toString();
  }
}
