package dev.billstep.command;

import dev.billstep.embedded.StackFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billstep retry ID…}: tries jobs again that have failed or wait. */
@Command(
  name = "retry",
  mixinStandardHelpOptions = true,
  description = {
    "Tries jobs of the running stack again. Pages that have been read are not asked for again.",
    "A job that was processed is left as it is: billstep replay reads it in another way.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep retry 3f2a && billstep watch 3f2a" }
)
final class RetryCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private ChosenJobs chosen = new ChosenJobs();

  private RetryCommand() {}

  @Override
  public Integer call() {
    var jobs = OfRunningStack.jobs();
    var out = spec.commandLine().getOut();
    for (var id : chosen.given()) {
      var jobId = OfRunningStack.job(jobs, id);
      if (jobs.state(jobId).isProcessed()) {
        throw new StackFailure(
          "Job %s was processed. To read it in another way: billstep replay %s --help".formatted(
            jobId,
            id
          )
        );
      }
      out.println(jobs.start(jobId, Optional.empty()));
      out.flush();
    }
    return CommandLine.ExitCode.OK;
  }
}
