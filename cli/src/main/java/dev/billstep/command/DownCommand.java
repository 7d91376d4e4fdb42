package dev.billstep.command;

import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.stack.StackFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billstep down}: stops the stack that {@code billstep up} has started. */
@Command(
  name = "down",
  mixinStandardHelpOptions = true,
  description = "Stops the stack that billstep up started, and leaves nothing running."
)
final class DownCommand implements Callable<Integer> {

  private static final int LIMIT_SECONDS = 30;

  @Spec
  private CommandSpec spec;

  private DownCommand() {}

  @Override
  public Integer call() {
    var project = Project.ofSystemProperty();
    var out = spec.commandLine().getOut();
    StackDescriptor.holder(project).ifPresentOrElse(
      process -> {
        stop(process);
        out.println("The stack has been stopped.");
      },
      () -> out.println("No stack is running.")
    );
    StackDescriptor.find(project); // Takes away what the process has left.
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StackFailure("Process %d did not end.".formatted(process.pid()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }
}
