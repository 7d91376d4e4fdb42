package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.JobState;
import dev.billstep.operation.StateTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code billstep job ID}: all that is known of one job. */
@Command(
  name = "job",
  mixinStandardHelpOptions = true,
  description = "Shows a job: how far it is, its pages, and what was asked of the model.",
  footerHeading = "%nExamples:%n",
  footer = { "  billstep job 3f2a", "  billstep job 3f2a --json" }
)
final class JobCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  @Mixin
  private JobParameter chosen = new JobParameter();

  private JobCommand() {}

  @Override
  public Integer call() {
    var jobs = stack.jobs();
    var jobId = chosen.of(jobs);
    var row = jobs.row(jobId);
    var docs = jobs.docs(jobId);
    var calls = jobs.calls(jobId);
    var attempts = jobs.attempts(jobId);
    var states = jobs.states(row);
    output.print(
      Map.of("job", row, "docs", docs, "calls", calls, "attempts", attempts, "states", states),
      () -> text(row, docs, calls, attempts, states)
    );
    return CommandLine.ExitCode.OK;
  }

  private static String text(
    JsonNode row,
    List<JsonNode> docs,
    List<JsonNode> calls,
    List<JsonNode> attempts,
    List<StateTimes> states
  ) {
    var state = JobState.of(row);
    var text = new StringBuilder(
      "%s  job %s  %s%n".formatted(
        row.path("file_name").asText(""),
        row.path("id").asText(),
        state.sentence()
      )
    );
    if (!state.sentence().contains(state.message())) {
      text.append(state.message()).append('\n');
    }
    text.append(
      "runs %s, model calls %s, tokens %s, %sresults reused %s%n".formatted(
        row.path("attempt").asText(),
        row.path("model_calls").asText(),
        row.path("input_tokens").asLong() + row.path("output_tokens").asLong(),
        isPaid(row) ? "US dollars %s, ".formatted(row.path("cost_usd").asText()) : "",
        row.path("cache_hits").asText()
      )
    );
    text.append("execution ").append(row.path("execution").asText("none yet")).append("\n\n");
    text.append(docs.isEmpty() ? "No rows yet." : DocTable.of(docs));
    if (!calls.isEmpty()) {
      text.append("\n\n").append(calls(calls));
    }
    if (!attempts.isEmpty()) {
      text.append("\n\n").append(attempts(attempts));
    }
    if (!states.isEmpty()) {
      text.append("\n\n").append(states(states));
    }
    return text.toString();
  }

  private static boolean isPaid(JsonNode costs) {
    return costs.path("cost_usd").asDouble() > 0;
  }

  private static String attempts(List<JsonNode> attempts) {
    var table = new TextTable("RUN", "STARTED", "ENDED", "OUTCOME", "OTHERWISE", "WHY");
    attempts.forEach(attempt ->
      table.row(
        List.of(
          attempt.path("attempt").asText(),
          Shown.time(attempt.path("started_at").asText()),
          Shown.time(attempt.path("ended_at").asText("")),
          attempt.path("outcome").asText("running"),
          attempt.path("replay").isNull() ? "" : attempt.path("replay").toString(),
          attempt.path("reason").asText("")
        )
      )
    );
    return table.toString();
  }

  private static String states(List<StateTimes> states) {
    var table = new TextTable("STATE", "TIMES", "MS IN ALL");
    states.forEach(state ->
      table.row(
        List.of(
          state.state(),
          String.valueOf(state.entered()),
          state
            .total()
            .map(total -> String.valueOf(total.toMillis()))
            .orElse("not left %d times".formatted(state.entered() - state.left()))
        )
      )
    );
    return table.toString();
  }

  private static String calls(List<JsonNode> calls) {
    boolean isPaid = calls.stream().anyMatch(JobCommand::isPaid);
    boolean isByBatch = calls.stream().anyMatch(call -> call.path("batch").isTextual());
    var headings = Stream.of(
      "CALL",
      "PAGES",
      "RUN",
      "MODEL",
      "OUTCOME",
      "TOKENS",
      "US$",
      "MS",
      "BATCH"
    )
      .filter(heading -> isPaid || !heading.equals("US$"))
      .filter(heading -> isByBatch || !heading.equals("BATCH"))
      .toArray(String[]::new);
    var table = new TextTable(headings);
    calls.forEach(call -> {
      var cells = new ArrayList<>(
        List.of(
          call.path("step").asText(),
          call.path("pages").toString().replaceAll("[\\[\\]]", ""),
          call.path("attempt").asText(),
          call.path("model_id").asText(),
          call.path("outcome").asText(),
          String.valueOf(call.path("input_tokens").asLong() + call.path("output_tokens").asLong())
        )
      );
      if (isPaid) {
        cells.add(call.path("cost_usd").asText());
      }
      cells.add(call.path("elapsed_ms").asText());
      if (isByBatch) {
        cells.add(call.path("batch").asText(""));
      }
      table.row(cells);
    });
    return table.toString();
  }
}
