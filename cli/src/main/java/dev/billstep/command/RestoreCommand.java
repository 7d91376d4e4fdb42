package dev.billstep.command;

import dev.billstep.backup.Restoration;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.stack.StackFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code billstep restore FILE}: makes a stack's data of a backup. */
@Command(
  name = "restore",
  mixinStandardHelpOptions = true,
  description = {
    "Makes a stack's data of a backup, all of it or none. The stack must not be running.",
    "A backup of an older version is brought up to date.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep restore bills.zip",
    "  billstep restore bills.zip --data /srv/bills && billstep up --data /srv/bills",
  }
)
final class RestoreCommand implements Callable<Integer> {

  @Mixin
  private DataOption data = new DataOption();

  @Mixin
  private Output output = new Output();

  @Option(
    names = "--replace",
    description = "Delete the data that is there, once the backup is restored."
  )
  private boolean replace;

  @Parameters(paramLabel = "FILE", description = "A file of billstep backup.")
  private Path file = Path.of("");

  private RestoreCommand() {}

  @Override
  public Integer call() {
    var project = Project.ofSystemProperty();
    var folder = data.folder();
    StackDescriptor.find(project)
      .filter(stack -> stack.data().equals(Optional.of(folder.path())))
      .ifPresent(stack -> {
        throw new StackFailure("The stack is running on it. Stop it with: billstep down");
      });
    var restoration = new Restoration(project);
    var restored = replace ? restoration.instead(file, folder) : restoration.of(file, folder);
    output.print(
      Map.of("data", folder.path(), "rows", restored.rows(), "files", restored.files()),
      () ->
        "%s and %s are in %s. Next: billstep up".formatted(
          Shown.count(restored.rows(), "row"),
          Shown.count(restored.files(), "file"),
          folder.path()
        )
    );
    return CommandLine.ExitCode.OK;
  }
}
