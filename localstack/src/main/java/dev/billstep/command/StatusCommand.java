package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code billstep status}: whether a stack is running, and what it has to do. */
@Command(
  name = "status",
  mixinStandardHelpOptions = true,
  description = "Says which stack is running, where its parts are, and how many jobs it has.",
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = { "0:a stack is running", "1:none is" }
)
final class StatusCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  private StatusCommand() {}

  @Override
  public Integer call() {
    var stack = OfRunningStack.stack();
    var jobs = new LocalJobs(stack.open())
      .all()
      .stream()
      .map((JsonNode job) -> job.path("status").asText())
      .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    var out = spec.commandLine().getOut();
    out.println("stack          %s, process %d".formatted(stack.engine(), stack.pid()));
    OfRunningStack.parts(stack).forEach(out::println);
    out.println("logs           " + stack.folder());
    out.println("jobs           " + (jobs.isEmpty() ? "none" : jobs));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
