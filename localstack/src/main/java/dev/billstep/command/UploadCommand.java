package dev.billstep.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep upload FILE…}: gives files to the running stack. */
@Command(
  name = "upload",
  mixinStandardHelpOptions = true,
  description = "Uploads files to the running stack, each as a job, and does not wait for them.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep upload scans/*.pdf && billstep jobs" }
)
final class UploadCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "PDF, JPEG, PNG or TIFF.")
  private List<Path> files = List.of();

  private UploadCommand() {}

  @Override
  public Integer call() {
    for (var file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ParameterException(spec.commandLine(), "There is no readable file " + file);
      }
    }
    var jobs = OfRunningStack.jobs();
    var out = spec.commandLine().getOut();
    for (var file : files) {
      out.println(jobs.upload(file) + "  " + file);
      out.flush();
    }
    return CommandLine.ExitCode.OK;
  }
}
