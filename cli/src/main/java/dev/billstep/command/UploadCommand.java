package dev.billstep.command;

import dev.billstep.job.UserId;
import dev.billstep.operation.JobOperations;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep upload FILE…}: gives files to the stack. */
@Command(
  name = "upload",
  mixinStandardHelpOptions = true,
  description = {
    "Uploads files to the stack, each as a job, without waiting for them.",
    "A path that can't be read does not keep the others back, but makes the exit code 1.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep upload scans/*.pdf && billstep jobs",
    "  billstep upload scans",
    "  billstep upload march.zip",
  }
)
final class UploadCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private UploadedFiles files = new UploadedFiles();

  @Option(
    names = "--user",
    paramLabel = "USER",
    description = "The user who owns the jobs: their auth.uid() in Supabase (default ${DEFAULT-VALUE})."
  )
  private UserId user = JobOperations.LOCAL_USER;

  private UploadCommand() {}

  @Override
  public Integer call() {
    try (var incoming = files.incoming()) {
      var jobs = stack.jobs();
      for (var file : incoming.documents()) {
        var jobId = jobs.upload(file.content(), file.fileName(), user);
        output.print(Map.of("id", jobId, "file", file.name()), () -> jobId + "  " + file.name());
      }
    }
    return files.isAnyLeftOut() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }
}
