package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep down}: stops the stack that {@code billstep up} has started. */
@Command(
  name = "down",
  mixinStandardHelpOptions = true,
  description = {
    "Stops the stack that billstep up started, and leaves nothing running.",
    "What it has is kept, and there again after the next billstep up.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep down", "  billstep down --delete-data" }
)
final class DownCommand implements Callable<Integer> {

  private static final int LIMIT_SECONDS = 30;

  @Spec
  private CommandSpec spec;

  @Option(names = "--delete-data", description = "Also delete all that it has, after asking.")
  private boolean deleteData;

  @Option(names = "--yes", description = "Delete without asking.")
  private boolean yes;

  @Mixin
  private DataOption data = new DataOption();

  private DownCommand() {}

  @Override
  public Integer call() {
    var project = Project.ofSystemProperty();
    var doomed = deleteData ? doomed(project) : Optional.<DataFolder>empty();
    if (doomed.isPresent() && !yes && !isMeant(doomed.get())) {
      say("Nothing was deleted, and nothing was stopped.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    StackDescriptor.holder(project).ifPresentOrElse(
      process -> {
        stop(process);
        say("The stack has been stopped.");
      },
      () -> say("No stack is running.")
    );
    StackDescriptor.find(project); // Takes away what the process has left.
    doomed.ifPresent(this::delete);
    return CommandLine.ExitCode.OK;
  }

  /** That of the stack that is running, unless another is named. */
  private Optional<DataFolder> doomed(Project project) {
    var folder = data
      .given()
      .or(() -> StackDescriptor.find(project).flatMap(StackDescriptor::data).map(DataFolder::new))
      .orElseGet(DataFolder::usual);
    if (folder.isEmpty()) {
      say("There is no data in " + folder.path());
      return Optional.empty();
    }
    return Optional.of(folder);
  }

  private boolean isMeant(DataFolder folder) {
    var content = folder.content();
    int keys = StackKeys.of(folder).providers().size();
    var err = spec.commandLine().getErr();
    err.printf(
      "This deletes %s, %s and all that was read from them, %,d MB%s, in %s.%nDelete them? Type yes: ",
      Shown.count(content.uploads(), "uploaded file"),
      Shown.count(content.images(), "page image"),
      content.bytes() >> 20,
      keys == 0 ? "" : ", and " + Shown.count(keys, "key") + " of models' providers",
      folder.path()
    );
    err.flush();
    var answer = new Scanner(System.in, Charset.defaultCharset());
    return answer.hasNextLine() && answer.nextLine().strip().equals("yes");
  }

  private void delete(DataFolder folder) {
    try (var _ = folder.hold()) {
      folder.delete();
    } catch (IOException e) {
      throw new StackFailure("%s could not be deleted: %s".formatted(folder.path(), e), e);
    }
    say("Deleted: " + folder.path());
  }

  private void say(String sentence) {
    var out = spec.commandLine().getOut();
    out.println(sentence);
    out.flush();
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
