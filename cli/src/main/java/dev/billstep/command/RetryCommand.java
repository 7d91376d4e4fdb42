package dev.billstep.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code billstep retry ID…}: tries jobs again that have failed or wait. */
@Command(
  name = "retry",
  mixinStandardHelpOptions = true,
  description = {
    "Tries jobs again. Pages that have been read are not paid for again.",
    "A job that was processed is left as it is; billstep replay reads it differently.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep retry 3f2a && billstep watch 3f2a" }
)
final class RetryCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameters chosen = new JobParameters();

  private RetryCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    for (var jobId : chosen.of(jobs)) {
      var execution = jobs.retry(jobId);
      output.print(Map.of("id", jobId, "execution", execution), () ->
        "Job %s is being tried again. To follow it: billstep watch %s".formatted(
          jobId,
          jobId.toString().substring(0, Shown.ID)
        )
      );
    }
    return CommandLine.ExitCode.OK;
  }
}
