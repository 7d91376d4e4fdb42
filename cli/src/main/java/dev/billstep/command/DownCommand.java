package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.stack.StackFailure;
import dev.billstep.webhook.WebhookSecret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
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
    return Assent.to(
      "This deletes %s, %s and all that was read from them, %,d MB%s, in %s.".formatted(
        Shown.count(content.uploads(), "uploaded file"),
        Shown.count(content.images(), "page image"),
        content.bytes() >> 20,
        keys(StackKeys.of(folder).providers().keySet()),
        folder.path()
      ),
      spec
    );
  }

  /** What else is kept there that has to be set again; nothing where there is none. */
  static String keys(Set<String> names) {
    var ofModels = new TreeSet<>(names);
    ofModels.removeAll(ProviderKeys.OF_OTHERS);
    var said = new ArrayList<String>();
    if (!ofModels.isEmpty()) {
      said.add(Shown.count(ofModels.size(), "key") + " of models' providers");
    }
    if (names.contains(WebhookSecret.KEY)) {
      said.add("the secret that events are signed with");
    }
    if (names.contains(ProviderKeys.MAIL_PASSWORD)) {
      said.add("the password of a mailbox");
    }
    return said.stream().map(", and "::concat).collect(Collectors.joining());
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
