package dev.billstep.command;

import dev.billstep.doctype.DocType;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.job.UserId;
import dev.billstep.log.LogLines;
import dev.billstep.operation.OperationRefused;
import dev.billstep.people.UserRefused;
import dev.billstep.stack.StackFailure;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

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
    BackupCommand.class,
    RestoreCommand.class,
    UploadCommand.class,
    JobsCommand.class,
    JobCommand.class,
    PageCommand.class,
    DocCommand.class,
    FindCommand.class,
    LogsCommand.class,
    WatchCommand.class,
    RetryCommand.class,
    ReplayCommand.class,
    CancelCommand.class,
    DeleteCommand.class,
    ReportCommand.class,
    ExportCommand.class,
    CorrectionsCommand.class,
    SettingsCommand.class,
    SchemasCommand.class,
    KeysCommand.class,
    WebhooksCommand.class,
    UsersCommand.class,
    AuditCommand.class,
    SweepCommand.class,
    DoctorCommand.class,
    EvalCommand.class,
    CalibrateCommand.class,
    SamplesCommand.class,
    AutoComplete.GenerateCompletion.class,
  }
)
public final class BillstepCommand implements Runnable {

  /** What a sentence about a failure begins with. */
  static final String SAYS = "billstep: ";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  @Option(names = "--stack-trace", description = "Show the stack trace of a failure.")
  private boolean stackTrace;

  private BillstepCommand() {}

  public static void main(String[] args) {
    LogLines.toFileOfSystemProperty();
    System.exit(line().execute(args));
  }

  /** The command line, which answers on the standard streams unless it is given others. */
  static CommandLine line() {
    var command = new BillstepCommand();
    var line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(UserId.class, BillstepCommand::user);
    line.registerConverter(DocType.class, BillstepCommand::docType);
    line.setParameterExceptionHandler(BillstepCommand::reportUsage);
    line.setExecutionExceptionHandler((failure, failed, parsed) ->
      command.report(failure, failed.getErr())
    );
    return line;
  }

  /** What was wrong, and where it says how it is right: not all of the help. */
  private static int reportUsage(ParameterException failure, String[] arguments) {
    var line = failure.getCommandLine();
    var err = line.getErr();
    err.println(SAYS + TerminalText.of(String.valueOf(failure.getMessage())));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println(
      "To see how it is used: %s --help".formatted(line.getCommandSpec().qualifiedName())
    );
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static UserId user(String text) {
    try {
      return UserId.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s' is not a user id: it must be a UUID".formatted(text));
    }
  }

  private static DocType docType(String text) {
    return DocType.ofLabel(text).orElseThrow(() ->
      new TypeConversionException(
        "'%s' is not a doc type: choose one of %s".formatted(text, labels())
      )
    );
  }

  private static String labels() {
    return Arrays.stream(DocType.values()).map(DocType::label).collect(Collectors.joining(", "));
  }

  private int report(Exception failure, PrintWriter err) throws Exception {
    if (stackTrace || !isASentence(failure)) {
      throw failure;
    }
    err.println(SAYS + TerminalText.of(sentence(failure)));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The SDK's own failures name their cause no further than as one. */
  private static String sentence(Exception failure) {
    return failure instanceof SdkClientException unreached && unreached.getCause() != null
      ? "The call to AWS failed: " + unreached.getCause()
      : String.valueOf(failure.getMessage());
  }

  /** Whether it says what was wrong to whoever has typed the command. */
  private static boolean isASentence(Exception failure) {
    return switch (failure) {
      case StackFailure stack -> true;
      case OperationRefused refused -> true;
      case UserRefused refused -> true;
      case PermanentFailure permanent -> true;
      case TransientFailure transientFailure -> true;
      case SdkException aws -> true;
      default -> false;
    };
  }

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "No command was given. Try: billstep run FILE"
    );
  }
}
