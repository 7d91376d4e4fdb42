package dev.billstep.command;

import dev.billstep.embedded.StackFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billstep cancel ID}: stops a job's run. */
@Command(
  name = "cancel",
  mixinStandardHelpOptions = true,
  description = "Stops the run that holds a job. The job becomes error, and can be tried again.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep cancel 3f2a" }
)
final class CancelCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private ChosenJob chosen = new ChosenJob();

  private CancelCommand() {}

  @Override
  public Integer call() {
    var jobs = OfRunningStack.jobs();
    var jobId = chosen.of(jobs);
    var state = jobs.state(jobId);
    if (!state.status().equals("processing")) {
      throw new StackFailure(
        "Job %s has no run to stop: it is %s.".formatted(jobId, state.status())
      );
    }
    jobs.stop(jobId);
    var out = spec.commandLine().getOut();
    out.println(
      "The run of job %s is stopped. Try it again with: billstep retry %s".formatted(
        jobId,
        chosen.given()
      )
    );
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
