package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that work with what a stack keeps. */
final class DataOption {

  @Option(
    names = "--data",
    paramLabel = "DIR",
    description = "The folder with all that the stack keeps (default: BILLSTEP_DATA, or billstep in " +
      "the user's data home, such as ~/.local/share)."
  )
  private Optional<Path> folder = Optional.empty();

  DataFolder folder() {
    return folder.map(DataFolder::new).orElseGet(DataFolder::usual);
  }

  /** The one that was named, if one was. */
  Optional<DataFolder> given() {
    return folder.map(DataFolder::new);
  }
}
