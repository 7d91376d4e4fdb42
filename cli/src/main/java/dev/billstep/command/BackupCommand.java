package dev.billstep.command;

import dev.billstep.backup.Backup;
import dev.billstep.database.PostgresServer;
import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code billstep backup FILE}: saves all that the stack has, while it runs or not. */
@Command(
  name = "backup",
  mixinStandardHelpOptions = true,
  description = {
    "Saves all that the stack has in one file: rows, uploads and pages, as of one moment.",
    "The stack may be running, and jobs too. Keys of models are not in it.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep backup bills.zip" }
)
final class BackupCommand implements Callable<Integer> {

  @Mixin
  private DataOption data = new DataOption();

  @Mixin
  private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "Where to; it must not be there yet.")
  private Path file = Path.of("");

  private BackupCommand() {}

  @Override
  public Integer call() {
    var project = Project.ofSystemProperty();
    var running = StackDescriptor.find(project)
      .flatMap(StackDescriptor::data)
      .map(DataFolder::new)
      .filter(folder -> data.given().isEmpty() || data.given().equals(Optional.of(folder)));
    var saved = running.map(this::ofRunning).orElseGet(() -> ofStopped(project, data.folder()));
    output.print(Map.of("file", file, "rows", saved.rows(), "files", saved.files()), () ->
      "%s and %s are in %s".formatted(
        Shown.count(saved.rows(), "row"),
        Shown.count(saved.files(), "file"),
        file
      )
    );
    return CommandLine.ExitCode.OK;
  }

  private Backup.Saved ofRunning(DataFolder folder) {
    var password = StackKeys.of(folder).database();
    return new Backup(PostgresServer.runningIn(folder.database(), password), folder).to(file);
  }

  private Backup.Saved ofStopped(Project project, DataFolder folder) {
    if (folder.isEmpty()) {
      throw new StackFailure("There is no data in %s.".formatted(folder.path()));
    }
    var programs = project.stateFolder().resolve("postgres");
    var password = StackKeys.of(folder).database();
    try (
      var _ = folder.hold();
      var server = PostgresServer.startIn(programs, folder.database(), password)
    ) {
      return new Backup(server.database(), folder).to(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
