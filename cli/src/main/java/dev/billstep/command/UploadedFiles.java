package dev.billstep.command;

import dev.billstep.intake.FileKind;
import dev.billstep.intake.Incoming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The parameters of commands that upload files. */
final class UploadedFiles {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
    arity = "1..*",
    paramLabel = "FILE",
    description = {
      "PDF, JPEG, PNG, TIFF, WebP or JPEG 2000; each becomes a job.",
      "A folder is all that it has of these; a ZIP or an e-mail (.eml) is what is in it.",
    }
  )
  private List<Path> paths = List.of();

  private boolean isAnyLeftOut;

  UploadedFiles() {}

  /**
   * The documents that can be read, those in folders, ZIPs and e-mails too; of what is left out it is said why.
   *
   * @return open as long as they are needed
   * @throws ParameterException where none can be read
   */
  @SuppressWarnings("MustBeClosed") // By who has asked for it.
  Incoming incoming() {
    var incoming = new Incoming();
    readable().forEach(file -> incoming.add(file));
    incoming.leftOut().forEach(each -> leaveOut(each.why() + " ", each.name()));
    if (incoming.documents().isEmpty()) {
      incoming.close();
      throw nothing();
    }
    return incoming;
  }

  private ParameterException nothing() {
    return new ParameterException(spec.commandLine(), "There is nothing to upload.");
  }

  /** The files that can be read, those of folders too. */
  private List<Path> readable() {
    var files = new ArrayList<Path>();
    for (var path : paths) {
      var found = Files.isDirectory(path) ? documents(path) : List.of(path);
      if (found.isEmpty()) {
        leaveOut("There is no PDF or picture in the folder ", path.toString());
      }
      for (var file : found) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
          files.add(file);
        } else {
          leaveOut("There is no readable file ", file.toString());
        }
      }
    }
    if (files.isEmpty()) {
      throw nothing();
    }
    return files;
  }

  /** Whether there was a path of which nothing can be read. */
  boolean isAnyLeftOut() {
    return isAnyLeftOut;
  }

  private void leaveOut(String why, String path) {
    isAnyLeftOut = true;
    var err = spec.commandLine().getErr();
    err.println(BillstepCommand.SAYS + why + TerminalText.ofLine(path));
    err.flush();
  }

  private static List<Path> documents(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      // One that is named itself may have any name, as its content counts.
      return files
        .filter(Files::isRegularFile)
        .filter(file -> FileKind.of(file).isTaken())
        .sorted()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
