package dev.billstep.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.StackFailure;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billstep logs ID}: what the functions have logged of a job, in order. */
@Command(
  name = "logs",
  mixinStandardHelpOptions = true,
  description = "Shows what happened to a job, or to one of its pages: a line for each step.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep logs 3f2a --page 2" }
)
final class LogsCommand implements Callable<Integer> {

  private static final String FILE = "functions.jsonl";

  @Spec
  private CommandSpec spec;

  @Mixin
  private ChosenJob chosen = new ChosenJob();

  @Option(names = "--page", paramLabel = "N", description = "Only steps for that page, from 1.")
  private Optional<Integer> page = Optional.empty();

  @Option(names = "--json", description = "Print the lines as they were logged.")
  private boolean json;

  private LogsCommand() {}

  @Override
  public Integer call() {
    var stack = OfRunningStack.stack();
    var jobId = chosen.of(new LocalJobs(stack.open())).toString();
    var file = stack.folder().resolve(FILE);
    if (!Files.exists(file)) {
      throw new StackFailure(
        "This stack's functions log elsewhere: look below %s.".formatted(stack.folder())
      );
    }
    try (var lines = Files.lines(file)) {
      var ofJob = lines
        .flatMap(LogsCommand::line)
        .filter(line -> line.path("job_id").asText().equals(jobId))
        .filter(line -> page.map(number -> isAbout(line, number)).orElse(true))
        .toList();
      var out = spec.commandLine().getOut();
      out.println(json ? Json.text(ofJob) : text(ofJob));
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that is being written is not whole yet. */
  private static Stream<JsonNode> line(String text) {
    try {
      return Stream.of(Json.mapper().readTree(text));
    } catch (JsonProcessingException unfinished) {
      return Stream.empty();
    }
  }

  private static boolean isAbout(JsonNode line, int page) {
    return Arrays.asList(line.path("page").asText().split(",")).contains(String.valueOf(page));
  }

  private static String text(List<JsonNode> lines) {
    var table = new TextTable("TIME", "RUN", "STEP", "PAGE", "OUTCOME", "MS", "MESSAGE");
    lines.forEach(line ->
      table.row(
        List.of(
          line.path("time").asText(),
          line.path("attempt").asText("-"),
          line.path("step").asText("-"),
          line.path("page").asText("-"),
          line.path("outcome").asText("-"),
          line.path("elapsed_ms").asText("-"),
          line.path("message").asText().lines().findFirst().orElse("")
        )
      )
    );
    return table.toString();
  }
}
