package dev.billstep.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin
  private UploadedFiles files = new UploadedFiles();

  private UploadCommand() {}

  @Override
  public Integer call() {
    var readable = files.readable(spec);
    var jobs = OfRunningStack.jobs();
    var out = spec.commandLine().getOut();
    for (var file : readable) {
      out.println(jobs.upload(file) + "  " + file);
      out.flush();
    }
    return CommandLine.ExitCode.OK;
  }
}
