package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.JobFilter;
import dev.billstep.operation.JobOperations;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code billstep status}: whether a stack is running, and what it has to do. */
@Command(
  name = "status",
  mixinStandardHelpOptions = true,
  description = "Shows which stack is running, where its parts are, and how many jobs it has.",
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = { "0:a stack is running", "1:no stack is running" }
)
final class StatusCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  private StatusCommand() {}

  @Override
  public Integer call() {
    var opened = stack.open();
    var jobs = new JobOperations(opened)
      .all(JobFilter.ALL)
      .stream()
      .map((JsonNode job) -> job.path("status").asText())
      .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    var parts = new LinkedHashMap<String, Object>(stack.parts(opened));
    parts.put("jobs", jobs);
    output.print(parts, () -> Parts.text(parts));
    return CommandLine.ExitCode.OK;
  }
}
