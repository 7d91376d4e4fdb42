package dev.billstep.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code billstep cancel ID}: stops a job's run. */
@Command(
  name = "cancel",
  mixinStandardHelpOptions = true,
  description = "Stops a job's run. The job's status becomes error, and it can be retried.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep cancel 3f2a" }
)
final class CancelCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameter chosen = new JobParameter();

  private CancelCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    var jobId = chosen.of(jobs);
    jobs.cancel(jobId);
    output.print(Map.of("id", jobId), () ->
      "The run of job %s has been stopped. To try it again: billstep retry %s".formatted(
        jobId,
        chosen.given()
      )
    );
    return CommandLine.ExitCode.OK;
  }
}
