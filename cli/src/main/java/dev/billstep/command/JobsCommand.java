package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.UserId;
import dev.billstep.operation.JobFilter;
import dev.billstep.operation.JobState;
import dev.billstep.operation.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep jobs}: what the running stack has to do and has done. */
@Command(
  name = "jobs",
  mixinStandardHelpOptions = true,
  description = "Lists jobs, newest first.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep jobs", "  billstep jobs --status error --since 7d --json" }
)
final class JobsCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Option(
    names = "--status",
    paramLabel = "STATUS",
    description = "Only jobs with this status: ${COMPLETION-CANDIDATES}."
  )
  private Optional<JobStatus> status = Optional.empty();

  @Option(names = "--user", paramLabel = "USER", description = "Only this user's jobs.")
  private Optional<UserId> user = Optional.empty();

  @Option(
    names = "--since",
    paramLabel = "WHEN",
    converter = TimeOrAge.class,
    description = "Only jobs created since: 30m, 12h or 7d ago, or 2026-01-31."
  )
  private Optional<Instant> since = Optional.empty();

  private JobsCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs().all(new JobFilter(status, user, since));
    boolean isFiltered = status.isPresent() || user.isPresent() || since.isPresent();
    output.print(jobs, () -> text(jobs, isFiltered));
    return CommandLine.ExitCode.OK;
  }

  private static String text(List<JsonNode> jobs, boolean isFiltered) {
    if (jobs.isEmpty()) {
      return isFiltered
        ? "No job is like that. To list all: billstep jobs"
        : "No jobs yet. To upload a file or folder: billstep upload FILE";
    }
    var table = new TextTable("JOB", "FILE", "STATUS", "PAGES", "READ", "RUNS", "SINCE", "WHY");
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
          Shown.time(job.path("created_at").asText()),
          Shown.shortened(state.message())
        )
      );
    });
    return table.toString();
  }
}
