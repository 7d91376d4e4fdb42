package dev.billstep.command;

import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.metrics.MetricsServer;
import dev.billstep.operation.Pause;
import dev.billstep.review.ReviewServer;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep up}: starts the stack and keeps it running until {@code billstep down}. */
@Command(
  name = "up",
  mixinStandardHelpOptions = true,
  description = "Starts the stack and keeps it running until billstep down.",
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep up",
    "  billstep up --stack localstack",
    "  billstep up --review 0.0.0.0:8080",
    "  BILLSTEP_DEBUG=5005 billstep up   (a debugger can attach to the functions at that port)",
  }
)
final class UpCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(100);

  @Spec
  private CommandSpec spec;

  @Mixin
  private EngineOption chosen = new EngineOption();

  @Option(
    names = "--review",
    paramLabel = "HOST:PORT",
    defaultValue = "127.0.0.1:0",
    converter = AddressOfReview.class,
    description = {
      "Where the review page is served (default: on this machine only, at any free port).",
      "If other machines can reach it, it asks for a token.",
    }
  )
  private InetSocketAddress review = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Option(
    names = "--foreground",
    description = "Stay in the foreground, and stop the stack at the end."
  )
  private boolean foreground;

  private UpCommand() {}

  @Override
  public Integer call() {
    var project = Project.ofSystemProperty();
    StackDescriptor.find(project).ifPresent(stack -> {
      throw new StackFailure(
        "A stack is running already (process %d). Stop it with: billstep down".formatted(
          stack.pid()
        )
      );
    });
    return foreground ? stay(project) : start(project);
  }

  private int stay(Project project) {
    var progress = new ConsoleProgress(spec.commandLine().getErr());
    var pages = PagesRoot.folder(project.storage());
    try (
      var stack = EmbeddedStack.start(
        project,
        chosen.engine(),
        pages,
        ProviderKeys.ofEnvironment(),
        progress
      );
      var metrics = MetricsServer.start(stack.supabase());
      var page = ReviewServer.start(stack, review)
    ) {
      stack.running(metrics.uri(), page.uri()).writeDown(project);
      Thread.currentThread().join(); // Until it is told to end.
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.OK;
    }
  }

  /** In a process of its own, which outlives this one. */
  private int start(Project project) {
    var log = project.stateFolder().resolve("up.log");
    var command = List.of(
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "--enable-native-access=ALL-UNNAMED",
      "-Dbillstep.home=" + project.home(),
      "-Dlog4j2.configurationFile=log4j2-embedded.xml",
      "-Dbillstep.log=" + project.stateFolder().resolve("command.jsonl"),
      "-classpath",
      System.getProperty("java.class.path"),
      BillstepCommand.class.getName(),
      "up",
      "--foreground",
      "--review",
      "%s:%d".formatted(review.getAddress().getHostAddress(), review.getPort()),
      "--stack",
      chosen.engine().name()
    );
    try {
      var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
      var err = spec.commandLine().getErr();
      var stack = new ConsoleProgress(err).step("start the stack", () ->
        await(project, process, log)
      );
      show(stack);
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StackDescriptor await(Project project, Process process, Path log) {
    while (process.isAlive()) {
      var stack = StackDescriptor.find(project);
      if (stack.isPresent()) {
        return stack.get();
      }
      Pause.take(POLL);
    }
    throw new StackFailure(lastSentence(log) + " The output is in " + log);
  }

  /** What the process has said of its end. */
  private static String lastSentence(Path log) {
    try (var lines = Files.lines(log)) {
      return lines
        .filter(line -> line.startsWith(BillstepCommand.SAYS))
        .map(line -> line.substring(BillstepCommand.SAYS.length()))
        .reduce("The stack did not start.", (earlier, later) -> later);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(StackDescriptor stack) {
    var out = spec.commandLine().getOut();
    out.println(Parts.text(StackOptions.partsOf(stack)));
    out.println("Next: open the review page, or billstep upload FILE and billstep jobs");
    out.flush();
  }
}
