package dev.billstep.command;

import dev.billstep.embedded.ClassCache;
import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.EmbeddedStack;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.LocalOcrModels;
import dev.billstep.embedded.PagesRoot;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.http.Token;
import dev.billstep.intake.Inbox;
import dev.billstep.intake.InboxWatch;
import dev.billstep.intake.Mailbox;
import dev.billstep.intake.MailboxAddress;
import dev.billstep.intake.Uploads;
import dev.billstep.metrics.MetricsServer;
import dev.billstep.offline.PpOcrWitness;
import dev.billstep.operation.JobFilter;
import dev.billstep.operation.JobOperations;
import dev.billstep.operation.Pause;
import dev.billstep.people.HashingWork;
import dev.billstep.people.People;
import dev.billstep.reading.Witness;
import dev.billstep.review.ReviewServer;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code billstep up}: starts the stack and keeps it running until {@code billstep down}. */
@Command(
  name = "up",
  mixinStandardHelpOptions = true,
  description = {
    "Starts the stack and keeps it running until billstep down.",
    "What it has is kept in a folder; what was running when it ended goes on.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep up",
    "  billstep up --data /srv/bills --review 0.0.0.0:8080",
    "  billstep up --inbox ~/Scans",
    "  billstep up --stack localstack   (keeps nothing)",
    "  BILLSTEP_DEBUG=5005 billstep up   (a debugger can attach to the functions at that port)",
  }
)
final class UpCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(100);

  /** A session of its own: who closes the terminal, or ends the script, does not end the stack. */
  private static final String IN_A_SESSION_OF_ITS_OWN =
    "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

  @Spec
  private CommandSpec spec;

  @Mixin
  private EngineOption chosen = new EngineOption();

  @Mixin
  private DataOption data = new DataOption();

  @Option(
    names = "--review",
    paramLabel = "HOST:PORT",
    converter = AddressOfReview.class,
    description = {
      "Where the review page is served (default: on this machine only, at the port of the last time).",
      "If other machines can reach it, it asks for a token, the same each time, or for users to sign in.",
    }
  )
  private Optional<InetSocketAddress> review = Optional.empty();

  @Option(
    names = "--inbox",
    paramLabel = "DIR",
    description = {
      "Upload what is put into this folder: PDFs, pictures, ZIPs, e-mails (.eml).",
      "Each file is moved to DIR/uploaded, or with the reason to DIR/refused.",
    }
  )
  private Optional<Path> inbox = Optional.empty();

  @Option(
    names = "--mail",
    paramLabel = "MAILBOX",
    description = {
      "Put the letters of a mailbox into the inbox: imaps://clerk%%40firm.example@imap.firm.example/INBOX.",
      "Its password: billstep keys set mail. Letters that were fetched are moved to its folder Billstep.",
    }
  )
  private Optional<String> mail = Optional.empty();

  @Option(
    names = "--foreground",
    description = "Stay in the foreground, and stop the stack at the end."
  )
  private boolean foreground;

  private UpCommand() {}

  @Override
  public Integer call() {
    if (chosen.engine() != Engine.EMBEDDED && data.given().isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "LocalStack keeps nothing: --data is for the embedded stack."
      );
    }
    inbox.ifPresent(this::check);
    var mailbox = mailbox();
    var project = Project.ofSystemProperty();
    var running = StackDescriptor.find(project);
    if (running.isPresent()) {
      return isRunning(running.get());
    }
    if (foreground) {
      return stay(project, mailbox);
    }
    mailbox.ifPresent(this::check);
    return start(project);
  }

  private void check(Path folder) {
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new ParameterException(
        spec.commandLine(),
        "%s is no folder that can be written to. Make it first: files are moved within it.".formatted(
          TerminalText.ofLine(folder.toString())
        )
      );
    }
  }

  private Optional<Mailbox> mailbox() {
    if (mail.isPresent() && inbox.isEmpty()) {
      throw new ParameterException(
        spec.commandLine(),
        "Letters are put into the inbox: --mail goes with --inbox DIR"
      );
    }
    return mail.map(typed -> {
      try {
        return new Mailbox(MailboxAddress.of(typed), password());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    });
  }

  private String password() {
    return Optional.ofNullable(
      ProviderKeys.knownTo(data.folder()).get(ProviderKeys.MAIL_PASSWORD)
    ).orElseThrow(() ->
      new ParameterException(
        spec.commandLine(),
        "The mailbox' password is not set. Set it with: billstep keys set mail"
      )
    );
  }

  private void check(Mailbox mailbox) {
    try {
      mailbox.check();
    } catch (Mailbox.Unreachable e) {
      throw new StackFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private int isRunning(StackDescriptor stack) {
    data
      .given()
      .map(DataFolder::path)
      .filter(wanted -> !stack.data().equals(Optional.of(wanted)))
      .ifPresent(wanted -> {
        throw new StackFailure(
          "A stack with other data is running already (%s). Stop it with: billstep down".formatted(
            stack.data().map(Path::toString).orElse("it keeps nothing")
          )
        );
      });
    inboxFolder()
      .filter(wanted -> !stack.inbox().equals(Optional.of(wanted)))
      .ifPresent(wanted -> {
        throw new StackFailure(
          "The stack is running already, %s. Stop it first: billstep down".formatted(
            stack
              .inbox()
              .map(other -> "with another inbox: " + other)
              .orElse("without an inbox")
          )
        );
      });
    show("The stack is running already.", stack);
    return CommandLine.ExitCode.OK;
  }

  private int stay(Project project, Optional<Mailbox> mailbox) {
    var progress = new ConsoleProgress(spec.commandLine().getErr());
    try (
      var stack = started(project, progress);
      var metrics = MetricsServer.start(stack.supabase());
      var page = review(stack, witness(project, progress))
    ) {
      stack.describedBy(metrics.uri(), page.uris(), inboxFolder(), project);
      stay(stack, mailbox);
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.OK;
    }
  }

  /** Until it is told to end. */
  private void stay(EmbeddedStack stack, Optional<Mailbox> mailbox) throws InterruptedException {
    var uploads = new Uploads(new JobOperations(stack));
    var watch = inboxFolder().map(folder ->
      InboxWatch.start(Inbox.of(folder, uploads, JobOperations.LOCAL_USER), mailbox)
    );
    try {
      Thread.currentThread().join();
    } finally {
      watch.ifPresent(InboxWatch::close);
    }
  }

  /** As other processes know it. */
  private Optional<Path> inboxFolder() {
    return inbox.map(folder -> folder.toAbsolutePath().normalize());
  }

  private EmbeddedStack started(Project project, ConsoleProgress progress) {
    return chosen.engine() == Engine.EMBEDDED
      ? EmbeddedStack.keep(project, data.folder(), ProviderKeys.ofEnvironment(), progress)
      : EmbeddedStack.start(
          project,
          chosen.engine(),
          PagesRoot.folder(project.storage()),
          ProviderKeys.known(),
          progress
        );
  }

  /** Looks for the words of scans at the desk; its models are those that the stack has just started with. */
  private static Witness witness(Project project, ConsoleProgress progress) {
    return new PpOcrWitness(LocalOcrModels.classPath(project, progress));
  }

  private ReviewServer review(EmbeddedStack stack, Witness witness) {
    if (chosen.engine() != Engine.EMBEDDED) {
      return ReviewServer.start(
        stack,
        review.orElseGet(() -> here(0)),
        Token.generate(),
        Optional.empty(),
        Optional.of(witness)
      );
    }
    var keys = StackKeys.of(data.folder());
    var page = ReviewServer.start(
      stack,
      review.orElseGet(() -> here(isFree(keys.reviewPort()) ? keys.reviewPort() : 0)),
      keys.review(),
      Optional.of(new People(data.folder().people(), InstantSource.system(), HashingWork.USUAL)),
      Optional.of(witness)
    );
    if (review.isPresent() || keys.reviewPort() == 0) {
      StackKeys.change(data.folder(), known -> known.servedAt(page.port()));
    }
    return page;
  }

  private static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** In a process of its own, which outlives this one. */
  private int start(Project project) {
    var log = project.stateFolder().resolve("up.log");
    try {
      Files.createDirectories(project.stateFolder());
      var process = new ProcessBuilder(command(project))
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(log.toFile())
        .start();
      var err = spec.commandLine().getErr();
      var stack = new ConsoleProgress(err).step("start the stack", () ->
        await(project, process, log)
      );
      show("The stack is running.", stack);
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Project project) {
    var command = new ArrayList<>(
      List.of(
        "python3",
        "-c",
        IN_A_SESSION_OF_ITS_OWN,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dbillstep.home=" + project.home(),
        "-Dbillstep.log=" + project.stateFolder().resolve("command.jsonl")
      )
    );
    command.addAll(ClassCache.handedOn());
    command.addAll(
      List.of(
        "-classpath",
        System.getProperty("java.class.path"),
        BillstepCommand.class.getName(),
        "up",
        "--foreground",
        "--stack",
        chosen.engine().name()
      )
    );
    if (chosen.engine() == Engine.EMBEDDED) {
      command.addAll(List.of("--data", data.folder().path().toString()));
    }
    review.ifPresent(at ->
      command.addAll(
        List.of("--review", "%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort()))
      )
    );
    inboxFolder().ifPresent(folder -> command.addAll(List.of("--inbox", folder.toString())));
    mail.ifPresent(typed -> command.addAll(List.of("--mail", typed)));
    return command;
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

  private void show(String sentence, StackDescriptor stack) {
    var out = spec.commandLine().getOut();
    out.println(sentence);
    out.println(Parts.text(StackOptions.partsOf(stack)));
    int jobs = new JobOperations(stack.open()).all(JobFilter.ALL).size();
    out.println(
      jobs == 0
        ? "No jobs yet. Next: open the review page, or billstep upload FILE"
        : "It has %s. Next: open the review page, or billstep jobs".formatted(
            Shown.count(jobs, "job")
          )
    );
    out.flush();
  }
}
