package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.StackFunction;
import dev.billstep.stack.DeployedStack;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code billstep sweep}: deletes what was stored for jobs that are gone. */
@Command(
  name = "sweep",
  mixinStandardHelpOptions = true,
  description = {
    "Deletes uploads, pages and records of jobs that no longer exist.",
    "Only those older than the grace period (setting sweep). The stack does this every hour.",
  },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep sweep --dry-run" }
)
final class SweepCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Option(names = "--dry-run", description = "Only report what would be deleted.")
  private boolean dryRun;

  private SweepCommand() {}

  @Override
  public Integer call() {
    var swept = sweep(stack.open());
    output.print(swept, () -> text(swept));
    return CommandLine.ExitCode.OK;
  }

  private JsonNode sweep(DeployedStack opened) {
    return new StackFunction(opened, opened.outputs().sweepBlobs()).call(
      Map.of("dryRun", dryRun),
      "The sweep failed"
    );
  }

  private static String text(JsonNode swept) {
    if (swept.path("isUnderWay").asBoolean()) {
      return "The stack is sweeping already, so nothing was done: run it again in a quarter of an hour.";
    }
    int count = swept.path("deleted").asInt();
    var text = new StringBuilder();
    swept.path("keys").forEach(key -> text.append(key.asText()).append('\n'));
    text.append(
      (swept.path("dryRun").asBoolean() ? "%d would be deleted" : "%d deleted").formatted(count)
    );
    if (swept.path("isMore").asBoolean()) {
      text.append("; there may be more: run it again");
    }
    return text.append('.').toString();
  }
}
