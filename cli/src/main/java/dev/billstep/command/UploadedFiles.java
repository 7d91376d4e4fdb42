package dev.billstep.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    description = "PDF, JPEG, PNG, TIFF, WebP or JPEG 2000; each becomes a job."
  )
  private List<Path> files = List.of();

  UploadedFiles() {}

  /**
   * The files, all of which can be read.
   *
   * @throws ParameterException where one can't, before anything is done with the others
   */
  List<Path> readable() {
    for (var file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ParameterException(
          spec.commandLine(),
          "There is no readable file " + TerminalText.ofLine(file.toString())
        );
      }
    }
    return files;
  }
}
