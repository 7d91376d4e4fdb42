package dev.billstep.command;

import dev.billstep.job.JobId;
import dev.billstep.operation.JobList;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.JobRemoval;
import dev.billstep.operation.ListFilter;
import dev.billstep.operation.OperationRefused;
import dev.billstep.stack.DeployedStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep delete ID…}: deletes jobs. */
@Command(
  name = "delete",
  mixinStandardHelpOptions = true,
  description = {
    "Deletes jobs with their rows, their pages' images and their uploads, after asking. Who has deleted them, and what",
    "was approved, is kept. A job that a run has, or with approved pages unless --approved-too says so, stays.",
  },
  footerHeading = "%nExit codes: 0, all are deleted; 1, some are not, or nobody said yes.%nExamples:%n",
  footer = {
    "  billstep delete 3f2a 81c0",
    "  billstep jobs --status error --json | jq -r '.[].id' | xargs billstep delete --yes",
  }
)
final class DeleteCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameters chosen = new JobParameters();

  @Mixin
  private Reviewer who = new Reviewer();

  @Option(
    names = "--approved-too",
    description = "Also jobs with approved pages, or of which a draft was made."
  )
  private boolean approvedToo;

  @Option(names = "--yes", description = "Delete without asking.")
  private boolean yes;

  private DeleteCommand() {}

  @Override
  public Integer call() {
    var opened = stack.open();
    var jobs = chosen.of(new JobOperations(opened)).stream().distinct().toList();
    if (!yes && !Assent.to(doomed(opened, jobs), spec)) {
      var err = spec.commandLine().getErr();
      err.println("Nothing was deleted.");
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    var removal = new JobRemoval(opened);
    var told = new ArrayList<Map<String, Object>>();
    jobs.forEach(job -> told.add(removed(removal, job)));
    output.print(told, () ->
      told.stream().map(DeleteCommand::text).collect(Collectors.joining("\n"))
    );
    return told.stream().anyMatch(job -> job.containsKey("refused"))
      ? CommandLine.ExitCode.SOFTWARE
      : CommandLine.ExitCode.OK;
  }

  private static String doomed(DeployedStack stack, List<JobId> jobs) {
    var filter = new ListFilter(
      "",
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      jobs
    );
    var counts = new JobList(stack.supabase()).counts(filter);
    int approved = counts.path("approved").asInt();
    return "This deletes %s with %s%s, their images and their uploads.".formatted(
      Shown.count(jobs.size(), "job"),
      Shown.count(counts.path("pages").asInt(), "page"),
      approved == 0 ? "" : " (%d approved)".formatted(approved)
    );
  }

  /** What has become of a job: one that is refused holds up no other. */
  private Map<String, Object> removed(JobRemoval removal, JobId job) {
    var told = new LinkedHashMap<String, Object>();
    told.put("id", job.toString());
    try {
      var gone = removal.remove(job, who.name(), approvedToo);
      told.put("pages", gone.pages());
      told.put("approved", gone.approved());
      told.put("files", gone.files());
    } catch (OperationRefused refused) {
      told.put("refused", String.valueOf(refused.getMessage()));
    }
    return told;
  }

  private static String text(Map<String, Object> job) {
    return job.containsKey("refused")
      ? "Job %s was not deleted. %s".formatted(job.get("id"), job.get("refused"))
      : "Job %s is deleted.".formatted(job.get("id"));
  }
}
