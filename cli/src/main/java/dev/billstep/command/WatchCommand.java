package dev.billstep.command;

import dev.billstep.operation.Pause;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billstep watch ID…}: follows jobs until they have ended. */
@Command(
  name = "watch",
  mixinStandardHelpOptions = true,
  description = "Follows jobs until they have ended.",
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = {
    "0:every job was processed",
    "1:a job ended in an error",
    "2:the command line is wrong",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep watch 3f2a 81c0" }
)
final class WatchCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(300);

  @Spec
  private CommandSpec spec;

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameters chosen = new JobParameters();

  private WatchCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    var err = spec.commandLine().getErr();
    boolean areProcessed = true;
    for (var jobId : chosen.of(jobs)) {
      try (var display = JobDisplay.of(jobId.toString(), err)) {
        var state = jobs.state(jobId);
        display.show(state);
        while (!state.isEnded()) {
          Pause.take(POLL);
          state = jobs.state(jobId);
          display.show(state);
        }
        areProcessed &= state.isProcessed();
        var ended = state;
        output.print(Map.of("id", jobId, "state", ended), () ->
          "%s  %s".formatted(jobId, ended.status())
        );
      }
    }
    return areProcessed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
