package dev.billstep.command;

import dev.billstep.embedded.StackFailure;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code billstep}: reads bills on this machine. */
@Command(
  name = "billstep",
  mixinStandardHelpOptions = true,
  version = "Billstep 0.1.0",
  description = "Reads bills: one audited row a page, from an upload to PostgreSQL.",
  synopsisSubcommandLabel = "COMMAND",
  subcommands = {
    RunCommand.class,
    UpCommand.class,
    StatusCommand.class,
    DownCommand.class,
    UploadCommand.class,
    JobsCommand.class,
    JobCommand.class,
    PageCommand.class,
    LogsCommand.class,
    WatchCommand.class,
    RetryCommand.class,
    ReplayCommand.class,
    CancelCommand.class,
    ReportCommand.class,
    SettingsCommand.class,
    EvalCommand.class,
    SamplesCommand.class,
    AutoComplete.GenerateCompletion.class,
  }
)
public final class BillstepCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  @Option(names = "--stack-trace", description = "Show where a failure came from.")
  private boolean stackTrace;

  private BillstepCommand() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  private static int execute(String... args) {
    var command = new BillstepCommand();
    var line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, failed, parsed) ->
      command.report(failure, failed.getErr())
    );
    return line.execute(args);
  }

  private int report(Exception failure, PrintWriter err) throws Exception {
    if (stackTrace || !(failure instanceof StackFailure)) {
      throw failure;
    }
    err.println("billstep: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "What shall be done? Such as: billstep run FILE"
    );
  }
}
