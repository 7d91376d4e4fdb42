package dev.billstep.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The parameters of commands that upload files. */
final class UploadedFiles {

  /** Of a folder; a file that is named itself may have any, as its content counts. */
  private static final Set<String> ENDINGS = Set.of(
    "pdf",
    "jpg",
    "jpeg",
    "png",
    "tif",
    "tiff",
    "webp",
    "jp2"
  );

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
    arity = "1..*",
    paramLabel = "FILE",
    description = "PDF, JPEG, PNG, TIFF, WebP or JPEG 2000; each becomes a job. A folder is all that it has of these."
  )
  private List<Path> paths = List.of();

  private boolean isAnyLeftOut;

  UploadedFiles() {}

  /**
   * The files that can be read, those of folders too; of each other path it is said why it is left
   * out.
   *
   * @throws ParameterException where none can be read
   */
  List<Path> readable() {
    var files = new ArrayList<Path>();
    for (var path : paths) {
      var found = Files.isDirectory(path) ? documents(path) : List.of(path);
      if (found.isEmpty()) {
        leaveOut("There is no PDF or picture in the folder ", path);
      }
      for (var file : found) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
          files.add(file);
        } else {
          leaveOut("There is no readable file ", file);
        }
      }
    }
    if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "There is nothing to upload.");
    }
    return files;
  }

  /** Whether there was a path of which nothing can be read. */
  boolean isAnyLeftOut() {
    return isAnyLeftOut;
  }

  private void leaveOut(String why, Path path) {
    isAnyLeftOut = true;
    var err = spec.commandLine().getErr();
    err.println(BillstepCommand.SAYS + why + TerminalText.ofLine(path.toString()));
    err.flush();
  }

  private static List<Path> documents(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
        .filter(Files::isRegularFile)
        .filter(file -> ENDINGS.contains(ending(file)))
        .sorted()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ending(Path file) {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.startsWith(".") ? "" : name.substring(name.lastIndexOf('.') + 1);
  }
}
